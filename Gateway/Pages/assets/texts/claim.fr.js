export default {
    "claim.title": "Vos identifiants",
    "claim.lead": "Quelqu’un a créé pour vous un lien qui montre de nouveaux identifiants, une seule fois.",
    "claim.text": "Ayez à portée de main votre téléphone avec une application d’authentification, et personne qui regarde par-dessus votre épaule. Les identifiants sont créés quand vous appuyez sur le bouton ; ensuite, le lien ne vaut plus rien.",
    "claim.action": "Montrer mes identifiants",
    "claim.factor": "Ce lien demande aussi un code de votre application, ou un code de secours.",
    "claim.spent": "Ce lien n’est plus valable",
    "claim.spentText": "Il a servi, a expiré ou a été remplacé. Si vous ne l’avez pas utilisé vous-même, prévenez aussitôt l’administration : quelqu’un d’autre l’a peut-être fait.",
    "claim.none": "Il n’y a pas de lien ici. Ouvrez le lien entier que vous avez reçu, ou scannez son QR code.",
};
