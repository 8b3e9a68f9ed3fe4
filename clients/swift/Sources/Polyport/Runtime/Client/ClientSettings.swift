import Foundation

/// What generated code tells of its API.
public struct APIInfo: Sendable {
    /// The name and version of the package: `Polyport/1.0.0`.
    let package: String
    /// What the names of environment variables begin with.
    let prefix: String
    /// The API's own base URL; empty when its description has none.
    let server: String
    let schemes: [CredentialScheme]
    /// Headers whose values are secrets, in lower case.
    let secretHeaders: Set<String>
    let servers: APIServers

    public init(
        package: String, prefix: String, server: String, schemes: [CredentialScheme], secretHeaders: Set<String>,
        servers: APIServers = APIServers()
    ) {
        self.package = package
        self.prefix = prefix
        self.server = server
        self.schemes = schemes
        self.secretHeaders = secretHeaders
        self.servers = servers
    }

    /// The environment variable with the general key.
    var keyVariable: String { "\(prefix)_API_KEY" }
}

/// The settings of a client.
public struct ClientSettings: Sendable {
    let info: APIInfo
    let choice: APIServerChoice
    /// `package/version swift/version`, for the `User-Agent` header.
    public var userAgent: String
    /// The general key; nil when there is none, empty when none is sent on purpose.
    public var apiKey: Credential?
    /// Credentials of single security schemes, by their names in the API's description.
    public var credentials: [String: Credential]
    public var timeout: TimeInterval
    public var idleTimeout: TimeInterval
    public var maxRetries: Int
    public var headers: HTTPHeaders
    public var transport: any Transport
    public var middleware: [any Middleware]
    public var log: ClientLog
    var retry = RetryPolicy()

    /// The settings of the arguments; what they leave out comes from the environment, then from the API.
    public init(
        _ info: APIInfo, baseURL: URL?, server: String? = nil, serverVariables: [String: String] = [:], apiKey: String?,
        tokenProvider: (@Sendable () async throws -> String)?,
        credentials: [String: Credential], timeout: TimeInterval, idleTimeout: TimeInterval, maxRetries: Int,
        headers: HTTPHeaders, transport: (any Transport)?, middleware: [any Middleware], log: ClientLog?
    ) {
        self.info = info
        userAgent = "\(info.package) swift/\(ClientEnvironment.swiftVersion)"
        self.apiKey =
            tokenProvider.map { Credential(provider: $0) }
            ?? (apiKey ?? ClientEnvironment.value(info.keyVariable)).map { Credential($0) }
        self.credentials = credentials
        for scheme in info.schemes where scheme.variable != info.keyVariable && credentials[scheme.id] == nil {
            self.credentials[scheme.id] = ClientEnvironment.value(scheme.variable).map { Credential($0) }
        }
        self.timeout = timeout
        self.idleTimeout = idleTimeout
        self.maxRetries = maxRetries
        self.headers = headers
        do {
            if transport != nil, server != nil || !serverVariables.isEmpty {
                throw APIError(
                    "give either a transport or server and serverVariables: a transport knows where calls go")
            }
            let place = try APIServerChoice(
                info, baseURL: baseURL?.absoluteString, server: server, variables: serverVariables)
            choice = place
            self.transport = transport ?? ClientEnvironment.transport(place.baseURL, info)
        } catch {
            choice = APIServerChoice(info)
            let reason = (error as? APIError)?.message ?? "\(error)"
            let isAsked = transport == nil || server != nil || !serverVariables.isEmpty
            self.transport = isAsked ? NoTransport(reason: reason) : transport!
        }
        self.middleware = middleware
        self.log = log ?? ClientLog.fromEnvironment(ClientEnvironment.value("\(info.prefix)_LOG"))
    }

    /// Whether calls go where the API's description says, so that a single call may go to a server of its own.
    var usesOwnServer: Bool {
        guard let http = transport as? HTTPTransport else { return false }
        return ClientEnvironment.trimmed(http.baseURL.absoluteString) == ClientEnvironment.trimmed(choice.own)
    }
}
