export default {
    "renew.title": "Nouveaux identifiants",
    "renew.lead": "Un nouveau mot de passe, un nouveau secret pour votre application et de nouveaux codes de secours.",
    "renew.expired": "Vos identifiants ont expiré. C’est voulu : ils s’éteignent d’eux-mêmes, et vous en recevez maintenant de nouveaux.",
    "renew.phone": "Vous vous êtes connecté avec un code de secours. Si votre téléphone est perdu, créez maintenant de nouveaux identifiants pour le nouveau ; sinon, vous pouvez simplement continuer.",
    "renew.wanted": "Vous avez prouvé votre identité et pouvez créer vos nouveaux identifiants.",
    "renew.warning": "L’ancien mot de passe, l’ancienne entrée de votre application, les anciens codes de secours et toutes les sessions prennent alors fin aussitôt.",
    "renew.until": "Cette offre est valable jusqu’à",
    "renew.action": "Créer mes nouveaux identifiants",
    "renew.prove": "Prouvez encore une fois que c’est bien vous. Utilisez un code qui n’a pas encore servi : au besoin, attendez le suivant.",
    "renew.next": "Continuer",
    "renew.first": "Connectez-vous d’abord. Si vos identifiants ont expiré, la connexion vous ramène ici.",
};
