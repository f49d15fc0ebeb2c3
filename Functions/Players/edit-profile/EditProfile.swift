import PlayersAnswering
import PlayersStore
import Runtime

/// Shows players their profile and changes it; shows others what they may see of it.
@main
struct EditProfile: PlayersFunction {
    static let name = "edit-profile"
    static let routes: [Route<Self>] = [
        Route("GET", "/") { try $0.show($1, $2) },
        Route("PUT", "/") { try $0.replace($1, $2) },
        Route("PATCH", "/") { try $0.merge($1, $2) },
        Route("PUT", "/avatar") { try $0.putAvatar($1, $2) },
        Route("DELETE", "/avatar") { try $0.removeAvatar($1, $2) },
        Route("GET", "/avatar") { try $0.view($1, $2) },
        Route("GET", "/{login}/avatar") { try $0.avatar($1, $2) },
        Route("GET", "/{login}") { try $0.view($1, $2) },
        Route("PUT", "/{login}/birth-date") { try $0.correctBirthDate($1, $2) },
    ]

    let players: Players
}
