import Foundation

@testable import Runtime

/// A model as the generator writes them.
struct Note: JSONModel {
    var id: String
    var text: String?
    var tags: [String]
    var _extras = Extras()

    init(id: String, text: Nullable<String>? = nil, tags: [String]) {
        self.id = id
        self.text = _extras.given("text", text)
        self.tags = tags
    }

    init(fields: inout FieldReader) {
        id = fields.required("id")
        text = fields.optional("text")
        tags = fields.required("tags")
        _extras = fields.finish()
    }

    func write(to fields: inout FieldWriter) {
        fields.required("id", id)
        fields.optional("text", text)
        fields.required("tags", tags)
    }
}

/// A model that contains others.
struct Folder: JSONModel {
    var notes: [Note]
    @Boxed var parent: Folder?
    var _extras = Extras()

    init(fields: inout FieldReader) {
        notes = fields.required("notes")
        parent = fields.optional("parent")
        _extras = fields.finish()
    }

    func write(to fields: inout FieldWriter) {
        fields.required("notes", notes)
        fields.optional("parent", parent)
    }
}

extension Folder: AnswerDelta {
    typealias WholeAnswer = JSONValue

    static let deltaRule = DeltaRule(
        joined: [["notes", "[]", "delta", "content"], ["notes", "[]", "delta", "calls", "[]", "arguments"]],
        pieces: [["notes", "[]"]], kept: [["notes", "[]", "end"]],
        merged: [["notes"]: "index", ["notes", "[]", "delta", "calls"]: "index"], names: ["id", "role"],
        endings: ["_id"], renamed: [(path: ["notes", "[]", "delta"], name: "message")],
        dropped: [["notes", "[]", "message", "calls", "[]", "index"]],
        constants: [(path: ["object"], value: "folder")])
}

/// A client as the generator writes them.
struct TestClient: APIClient {
    let core: ClientCore

    init(core: ClientCore) { self.core = core }

    init(_ transport: any Transport, apiKey: String? = nil, middleware: [any Middleware] = [], log: ClientLog? = nil) {
        let info = APIInfo(
            package: "test/1", prefix: "TEST", server: "https://test.example",
            schemes: [CredentialScheme("bearer", .bearer, variable: "TEST_API_KEY")],
            secretHeaders: ["authorization", "cookie"])
        var settings = ClientSettings(
            info, baseURL: nil, apiKey: apiKey, tokenProvider: nil, credentials: [:], timeout: 5, idleTimeout: 5,
            maxRetries: 2, headers: ["X-Default": "d"], transport: transport, middleware: middleware,
            log: log ?? ClientLog(level: .off))
        settings.retry = RetryPolicy(initialDelay: 0.001, maximumDelay: 0.002)
        core = ClientCore(settings)
    }
}

/// A transport that answers from a script, and keeps what it was asked.
final class ScriptedTransport: Transport, @unchecked Sendable {
    // @unchecked: all state is touched only while `lock` is held.
    private let lock = NSLock()
    private var script: [Result<TransportResponse, any Error>]
    private var seen: [TransportRequest] = []

    init(_ script: Result<TransportResponse, any Error>...) { self.script = script }

    var requests: [TransportRequest] { lock.withLock { seen } }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        try lock.withLock {
            seen.append(request)
            guard !script.isEmpty else { throw APIConnectionError("the script is over") }
            return try script.removeFirst().get()
        }
    }
}

extension Result where Success == TransportResponse, Failure == any Error {
    static func json(_ value: JSONValue, status: Int = 200, headers: HTTPHeaders = [:]) -> Self {
        .success(TransportResponse(status: status, headers: headers, body: .json(value)))
    }

    static func bytes(_ chunks: [String], status: Int = 200, close: @escaping @Sendable () -> Void = {}) -> Self {
        let stream = AsyncThrowingStream<Data, any Error> { continuation in
            for chunk in chunks { continuation.yield(Data(chunk.utf8)) }
            continuation.finish()
        }
        let source = Inflow(stream)
        let body = ByteStream(read: { try await source.next() }, close: close)
        return .success(TransportResponse(status: status, headers: [:], body: .bytes(body)))
    }
}

/// The error that a call throws; nil when it throws none.
func thrown<Value>(_ call: () async throws -> Value) async -> (any Error)? {
    do {
        _ = try await call()
        return nil
    } catch {
        return error
    }
}
