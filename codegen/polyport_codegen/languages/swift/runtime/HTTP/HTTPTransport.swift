import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The transport over HTTP, on URLSession.
///
/// Proxies are those of the system, or of the configuration given; certificates of a private authority are trusted as
/// the system does (on Linux also through `URLSessionCertificateAuthorityInfoFile`).
public final class HTTPTransport: Transport, Sendable {
    /// Where the paths of operations begin.
    public let baseURL: URL
    private let session: URLSession
    private let delegate: SessionDelegate
    private let bufferLimit: Int

    /// - Parameters:
    ///   - baseURL: Where the paths of operations begin.
    ///   - configuration: The session's settings; cookies and caches are switched off in a copy of it.
    ///   - bufferLimit: How many bytes a streamed answer may run ahead of its reader. More is an error.
    public init(baseURL: URL, configuration: URLSessionConfiguration = .ephemeral, bufferLimit: Int = 32 << 20) {
        let copy = configuration.copy() as? URLSessionConfiguration ?? .ephemeral
        copy.httpShouldSetCookies = false
        copy.httpCookieAcceptPolicy = .never
        copy.urlCache = nil
        copy.requestCachePolicy = .reloadIgnoringLocalCacheData
        copy.httpMaximumConnectionsPerHost = 1000
        // Deadlines are kept above the transport, so that they can be told apart from other failures.
        copy.timeoutIntervalForRequest = 7 * 24 * 3600
        copy.timeoutIntervalForResource = 7 * 24 * 3600
        self.baseURL = baseURL
        self.bufferLimit = bufferLimit
        delegate = SessionDelegate()
        session = URLSession(configuration: copy, delegate: delegate, delegateQueue: nil)
    }

    deinit { session.finishTasksAndInvalidate() }

    public func send(_ request: TransportRequest) async throws -> TransportResponse {
        var payload: RequestPayload
        do {
            payload = try RequestPayload(request.body)
        } catch {
            throw APIError("\(request.label): a file to send cannot be read: \(error.localizedDescription)")
        }
        var message = URLRequest(url: try url(of: request))
        message.httpMethod = request.operation.method
        let parameters = ParameterEncoding.headers(request.arguments)
        // URLSession would leave such a header out.
        for (name, value) in parameters.all + request.headers.all where value.utf8.contains(where: Self.isControl) {
            throw APIError("\(request.label): the header \(name) has a line break or another control character")
        }
        for field in parameters.all {
            message.setValue(field.value, forHTTPHeaderField: field.name)
        }
        if let type = payload.contentType { message.setValue(type, forHTTPHeaderField: "Content-Type") }
        if let cookies = ParameterEncoding.cookies(request.arguments) {
            message.setValue(cookies, forHTTPHeaderField: "Cookie")
        }
        for field in request.headers.all {
            if field.name.lowercased() == "cookie", let cookies = message.value(forHTTPHeaderField: "Cookie") {
                message.setValue("\(cookies); \(field.value)", forHTTPHeaderField: "Cookie")
            } else {
                message.setValue(field.value, forHTTPHeaderField: field.name)
            }
        }
        let start = message.url
        var redirects = Redirects(request)
        while true {
            let response = try await send(message, payload, isStreamed: request.isStreamed)
            guard Redirects.isOne(response) else {
                return TransportResponse(
                    status: response.status, headers: response.headers, body: response.body, url: start)
            }
            if case .bytes(let body) = response.body { body.cancel() }
            let method = message.httpMethod
            message = try redirects.following(message, response)
            if message.httpMethod != method { payload.content = .none }
        }
    }

    private func send(_ message: URLRequest, _ payload: RequestPayload, isStreamed: Bool) async throws
        -> TransportResponse
    {
        let task: URLSessionDataTask
        switch payload.content {
        case .none: task = session.dataTask(with: message)
        case .data(let data):
            var message = message
            message.httpBody = data
            task = session.dataTask(with: message)
        case .file(let file, _): task = session.uploadTask(with: message, fromFile: file)
        }
        let exchange = HTTPExchange(
            task: task, bufferLimit: isStreamed ? bufferLimit : .max, payload: payload)
        delegate.add(exchange)
        do {
            return try await exchange.start()
        } catch {
            // A task that was never started reports no end.
            delegate.remove(exchange)
            throw error
        }
    }

    /// Whether no header may hold it (RFC 9110, 5.5).
    private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x09 || byte == 0x7F }

    func url(of request: TransportRequest) throws -> URL {
        let extra = request.extraQuery.map {
            "\(ParameterEncoding.percentEncoded($0.name))=\(ParameterEncoding.percentEncoded($0.value))"
        }
        if let link = request.link, extra.isEmpty { return link }
        let operation = request.operation
        // What the base URL has of a query goes behind the path, before the call's own.
        let halves = ClientEnvironment.trimmed(baseURL.absoluteString).split(separator: "?", maxSplits: 1)
        var base = ClientEnvironment.trimmed(String(halves[0]))
        var given = request.link == nil ? halves.dropFirst().map(String.init) : []
        if let server = request.server, let own = URL(string: server, relativeTo: URL(string: base + "/")) {
            base = ClientEnvironment.trimmed(own.absoluteString)
            if server.contains("://") { given = [] }
        }
        let page = try request.link?.absoluteString ?? base + ParameterEncoding.path(operation.path, request.arguments)
        let items = given + ParameterEncoding.query(request.arguments) + extra
        let query = items.isEmpty ? "" : (page.contains("?") ? "&" : "?") + items.joined(separator: "&")
        guard let url = URL(string: page + query), url.host != nil else {
            throw APIError("\(request.label): \(shownURL(page)) is not a URL")
        }
        return url
    }
}
