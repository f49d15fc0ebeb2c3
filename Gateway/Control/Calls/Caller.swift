import GatewayHTTP

/// Who calls and how, as far as the gateway believes it: what a trusted proxy says, or the connection alone.
struct Caller: Equatable {
    let address: String
    let scheme: String
    let host: String
    /// The value of `X-Forwarded-For` that functions see.
    let path: String

    init(_ head: RequestHead, peer: String, publicScheme: String, trusted: TrustedProxies) {
        guard !trusted.isEmpty, trusted.contains(peer) else {
            address = peer
            path = peer
            scheme = publicScheme
            host = head.header("host") ?? ""
            return
        }
        let said = head.values(of: "x-forwarded-for").joined(separator: ",").split(separator: ",").map {
            String($0.filter { $0 != " " && $0 != "\t" })
        }
        var (address, chain) = (peer, [peer])
        for hop in said.reversed() {
            guard trusted.contains(address), NetworkAddress.isNumeric(hop), chain.count < 32 else { break }
            address = hop
            chain.append(hop)
        }
        self.address = address
        path = chain.reversed().joined(separator: ", ")
        let proto = head.header("x-forwarded-proto")?.lowercased()
        scheme = proto.flatMap { ["http", "https"].contains($0) ? $0 : nil } ?? publicScheme
        host = head.header("x-forwarded-host") ?? head.header("host") ?? ""
    }
}
