import Foundation

/// A key or token, or a function that gives one for every try, so that it can be renewed.
public struct Credential: ExpressibleByStringLiteral, Sendable {
    /// An empty text says that none is sent, on purpose.
    let isEmpty: Bool
    let value: @Sendable () async throws -> String

    /// A fixed text; for HTTP's basic scheme `user:password`.
    public init(_ text: String) {
        isEmpty = text.isEmpty
        value = { text }
    }

    public init(stringLiteral text: String) { self.init(text) }

    /// Asks for the text before every try.
    public init(provider: @escaping @Sendable () async throws -> String) {
        isEmpty = false
        value = provider
    }
}

/// A way of the API to prove who calls.
public struct CredentialScheme: Hashable, Sendable {
    /// Where the credential travels.
    public enum Place: Hashable, Sendable {
        case bearer
        case basic
        case header(String)
        case query(String)
        case cookie(String)
    }

    /// The scheme's name in the API's description.
    public let id: String
    public let place: Place
    /// The environment variable with the credential.
    public let variable: String

    public init(_ id: String, _ place: Place, variable: String) {
        self.id = id
        self.place = place
        self.variable = variable
    }

    /// Whether the request has something in that place already.
    fileprivate func isShown(in request: TransportRequest) -> Bool {
        switch place {
        case .bearer, .basic: return request.headers["Authorization"] != nil
        case .header(let name): return request.headers[name] != nil
        case .query(let name):
            return request.extraQuery.contains { $0.name == name } || request.link?.queryNames.contains(name) == true
        case .cookie(let name):
            let pairs = request.headers["Cookie"]?.split(separator: ";") ?? []
            return pairs.contains { $0.trimmingCharacters(in: .whitespaces).hasPrefix("\(name)=") }
        }
    }
}

extension ClientSettings {
    /// The credentials for a call, by scheme.
    ///
    /// Of the call's alternatives the first counts whose schemes all have a credential of their own, or whose place in
    /// the request the caller has filled; else the first with one scheme, for the general key; else one without any.
    ///
    /// - Throws: ``MissingCredentialError`` when none of them can be met.
    func credentials(for request: TransportRequest) throws -> [(scheme: CredentialScheme, credential: Credential)] {
        let schemes = info.schemes
        if let odd = credentials.keys.sorted().first(where: { id in !schemes.contains { $0.id == id } }) {
            let known = schemes.map(\.id).joined(separator: ", ")
            throw APIError("'\(odd)' is no security scheme of this API, which has \(known.isEmpty ? "none" : known)")
        }
        var own = credentials
        let key = apiKey.flatMap { $0.isEmpty ? nil : $0 }
        for scheme in schemes where scheme.variable == info.keyVariable && own[scheme.id] == nil {
            own[scheme.id] = key
        }
        let alternatives = request.operation.security.map { ids in schemes.filter { ids.contains($0.id) } }
        func missing(_ needs: [CredentialScheme]) -> [CredentialScheme] {
            needs.filter { own[$0.id] == nil && !$0.isShown(in: request) }
        }
        if let needs = alternatives.first(where: { !$0.isEmpty && missing($0).isEmpty }) {
            return needs.compactMap { scheme in own[scheme.id].map { (scheme, $0) } }
        }
        if let key, let scheme = alternatives.first(where: { $0.count == 1 })?.first { return [(scheme, key)] }
        if apiKey?.isEmpty == true || alternatives.isEmpty || alternatives.contains(where: \.isEmpty) { return [] }
        // The general key does for the first that asks for a single credential.
        let forKey = alternatives.firstIndex { $0.count == 1 }
        let ways = alternatives.enumerated().map { index, needs in
            missing(needs).map { scheme in
                let isGeneral = index == forKey && scheme.variable != info.keyVariable
                return "'\(scheme.id)' (\(scheme.variable)\(isGeneral ? " or \(info.keyVariable)" : ""))"
            }.joined(separator: " and ")
        }
        throw MissingCredentialError(
            "\(request.label): no credential: the call needs \(ways.joined(separator: ", or "));"
                + " give it to the client or set the environment variable")
    }
}

extension TransportRequest {
    /// Puts a credential in its place. What the caller has put there stays.
    mutating func show(_ credential: String, _ scheme: CredentialScheme) {
        guard !credential.isEmpty else { return }
        switch scheme.place {
        case .bearer: headers.setDefault("Authorization", "Bearer \(credential)")
        case .basic: headers.setDefault("Authorization", "Basic \(Data(credential.utf8).base64EncodedString())")
        case .header(let name): headers.setDefault(name, credential)
        case .query(let name) where !scheme.isShown(in: self):
            extraQuery.append((name: name, value: credential))
        case .query: break
        case .cookie(let name) where !scheme.isShown(in: self):
            let pair = "\(name)=\(ParameterEncoding.cookieText(credential))"
            headers["Cookie"] = headers["Cookie"].map { "\($0); \(pair)" } ?? pair
        case .cookie: break
        }
    }
}
