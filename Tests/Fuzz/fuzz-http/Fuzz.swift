@testable import GatewayHTTP
