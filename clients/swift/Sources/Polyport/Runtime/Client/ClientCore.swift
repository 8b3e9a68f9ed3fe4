import Foundation

/// What all resources of a client share: it makes calls. Above the transport, it retries, keeps deadlines, proves who
/// calls, runs the middleware and reads outcomes.
public final class ClientCore: Sendable {
    let settings: ClientSettings
    /// Told of the last answer, for those who want the raw one too.
    let observer: (@Sendable (ResponseHead) -> Void)?

    init(_ settings: ClientSettings, observer: (@Sendable (ResponseHead) -> Void)? = nil) {
        self.settings = settings
        self.observer = observer
    }

    /// A request with the client's settings and those of this call.
    func request(_ operation: APIOperation, _ options: CallOptions) -> TransportRequest {
        var request = TransportRequest(operation)
        request.timeout = options.timeout ?? settings.timeout
        request.idleTimeout = options.idleTimeout ?? settings.idleTimeout
        request.maxRetries = options.maxRetries ?? settings.maxRetries
        request.secretHeaders = settings.info.secretHeaders
        // A base URL that the client was given stands in for all servers but those beside it.
        if let server = operation.server, !server.contains("://") || settings.usesOwnServer { request.server = server }
        request.headers["User-Agent"] = settings.userAgent
        request.headers["Accept"] = operation.accept
        if operation.method != "GET" && operation.method != "HEAD" {
            request.headers["Idempotency-Key"] = UUID().uuidString.lowercased()
        }
        request.headers.merge(settings.headers)
        request.headers.merge(options.headers)
        request.extraQuery = options.query.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        request.extraBody = options.body
        return request
    }

    /// Makes a call whose answer is JSON.
    func json<Value: JSONCodable>(_ request: TransportRequest, as type: Value.Type = Value.self) async throws -> Value {
        let answer = try await whole(request)
        return try decode(try answer.json(request.label), answer, request.label)
    }

    /// Makes a call that is documented to give JSON or nothing; nil for nothing.
    func optionalJSON<Value: JSONCodable>(_ request: TransportRequest, as type: Value.Type = Value.self) async throws
        -> Value?
    {
        let answer = try await whole(request)
        if answer.data.isEmpty { return nil }
        return try decode(try answer.json(request.label), answer, request.label) as Value
    }

    func decode<Value: JSONCodable>(_ json: JSONValue, _ answer: WholeAnswer, _ call: String) throws -> Value {
        guard let value = Value(jsonValue: json) else {
            throw APIDecodingError("\(call): a \(json.typeName) is not a \(Value.self)", body: answer.data)
        }
        return value
    }

    /// Makes a call whose answer has no body, or none that matters.
    func void(_ request: TransportRequest) async throws { _ = try await whole(request) }

    /// Makes a call whose answer is text.
    func text(_ request: TransportRequest) async throws -> String {
        try await whole(request).text
    }

    /// Makes a call whose answer is a file.
    func binary(_ request: TransportRequest) async throws -> BinaryResponse {
        let response = try await open(request)
        guard case .bytes(let bytes) = response.body else {
            throw APIError("\(request.label): this transport gives no bytes")
        }
        return BinaryResponse(head: ResponseHead(response), bytes: bytes, idleTimeout: request.idleTimeout)
    }

    /// Makes a call whose answer comes in one of several forms.
    func mixed<Value: JSONCodable>(_ request: TransportRequest, as type: Value.Type = Value.self) async throws
        -> MixedAnswer<Value>
    {
        guard let answer = try await optionalMixed(request, as: type) else {
            throw APIDecodingError("\(request.label): empty body", body: Data())
        }
        return answer
    }

    /// Makes a call whose answer comes in one of several forms, or not at all; nil for nothing.
    func optionalMixed<Value: JSONCodable>(_ request: TransportRequest, as type: Value.Type = Value.self) async throws
        -> MixedAnswer<Value>?
    {
        let response = try await open(request)
        let head = ResponseHead(response)
        if head.status == 204 || head.status == 205 || head.headers["content-length"] == "0" { return nil }
        guard case .bytes(let bytes) = response.body else {
            let answer = WholeAnswer(head: head, body: try await collect(response, request))
            return .json(try decode(try answer.json(request.label), answer, request.label))
        }
        let file = BinaryResponse(head: head, bytes: bytes, idleTimeout: request.idleTimeout)
        let form = request.operation.answer.form(of: file.contentType)
        if form == .binary { return .binary(file) }
        let answer = WholeAnswer(head: head, body: .bytes(try await file.data()))
        if form == .text { return .text(answer.text) }
        return .json(try decode(try answer.json(request.label), answer, request.label))
    }

    /// Makes a call and reads all of its answer.
    func whole(_ request: TransportRequest) async throws -> WholeAnswer {
        try await withRetries(request) { [self] request in
            let response = try await once(request)
            return WholeAnswer(head: ResponseHead(response), body: try await collect(response, request))
        }
    }

    /// Makes a call and gives the answer back as soon as it has begun; what follows is not tried again.
    func open(_ request: TransportRequest) async throws -> TransportResponse {
        try await withRetries(request) { [self] in try await once($0) }
    }

    /// One try: through the middleware to the transport. Only a success comes back.
    private func once(_ request: TransportRequest) async throws -> TransportResponse {
        var request = request
        request.server = try request.server.map { try settings.choice.server($0, settings.info.servers) }
        if !request.extraBody.isEmpty {
            switch request.body {
            case .json: break
            case .form(var form):
                form.replace(request.extraBody)
                request.body = .form(form)
            case .multipart(var form):
                form.replace(request.extraBody)
                request.body = .multipart(form)
            default:
                throw APIError("\(request.label): the members of options.body need a body with members to go into")
            }
        }
        try await authorize(&request)
        let transport = settings.transport
        let log = settings.log
        var next: Middleware.Next = { request in
            log.info("\(request.label)")
            log.debug("> \(request.headers.text(hiding: request.secretHeaders))")
            let started = Date()
            let response = try await transport.send(request)
            log.info("\(request.label): \(response.status) in \(Int(Date().timeIntervalSince(started) * 1000)) ms")
            log.debug("< \(response.headers.text(hiding: request.secretHeaders))")
            return response
        }
        for layer in settings.middleware.reversed() {
            let inner = next
            next = { try await layer.intercept($0, next: inner) }
        }
        let response = try await next(request)
        observer?(ResponseHead(response))
        guard (200..<300).contains(response.status) else {
            let raw: Data
            switch try await collect(response, request) {
            case .bytes(let data): raw = data
            case .json(let value): raw = value.data
            }
            throw APIStatusError.make(
                call: request.label, status: response.status, headers: response.headers, rawBody: raw)
        }
        return response
    }

    private func collect(_ response: TransportResponse, _ request: TransportRequest) async throws -> WholeAnswer.Body {
        switch response.body {
        case .bytes(let stream): return .bytes(try await stream.collect())
        case .json(let value): return .json(value)
        case .events: throw APIError("\(request.label): the transport gave a stream where one answer was expected")
        }
    }

    private func withRetries<Value: Sendable>(
        _ request: TransportRequest, _ attempt: @escaping @Sendable (TransportRequest) async throws -> Value
    ) async throws -> Value {
        var tries = 0
        while true {
            tries += 1
            do {
                return try await withDeadline(
                    request.timeout,
                    orThrow: { APITimeoutError("\(request.label): no answer within \(request.timeout) s") },
                    { try await attempt(request) })
            } catch {
                try Task.checkCancellation()
                let failure = named(error, request)
                guard tries <= request.maxRetries, settings.retry.isWorthRetrying(failure) else { throw failure }
                let delay = settings.retry.delay(after: failure, tries: tries)
                settings.log.info("\(failure); trying again in \(Int(delay * 1000)) ms")
                try await pause(delay)
            }
        }
    }

    /// Says which call failed where the transport could not.
    private func named(_ error: any Error, _ request: TransportRequest) -> any Error {
        guard let failure = error as? APIConnectionError, !(failure is APITimeoutError) else { return error }
        return APIConnectionError("\(request.label): \(failure.message)", underlying: failure.underlying)
    }

    private func authorize(_ request: inout TransportRequest) async throws {
        for (scheme, credential) in try settings.credentials(for: request) {
            request.show(try await credential.value(), scheme)
        }
    }
}
