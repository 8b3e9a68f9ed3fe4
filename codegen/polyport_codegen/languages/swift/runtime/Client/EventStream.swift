import Foundation

/// A streamed answer. The call is made when the iteration begins, and once for each iteration.
///
/// ```swift
/// for try await event in stream { ... }
/// ```
///
/// Leaving the loop, or cancelling its task, closes the connection. A stream that is cut short, or in which the server
/// reports an error, throws ``APIStreamError``: it never ends as if it were complete.
public struct EventStream<Element: JSONCodable>: AsyncSequence, Sendable {
    private let start: @Sendable () async throws -> OpenStream<Element>

    init(core: ClientCore, request: TransportRequest) {
        start = {
            let response = try await core.open(request)
            return OpenStream(
                head: ResponseHead(response), reader: EventReader(response.body, request: request))
        }
    }

    /// Makes the call now, and gives its status and headers with the events that follow.
    public func open() async throws -> OpenStream<Element> { try await start() }

    /// The events as they come, untyped: name, data, id. Iterating makes a call of its own, so iterate over these or over
    /// the stream. Data that is not JSON is no error here.
    public var events: ServerSentEvents {
        let start = start
        return ServerSentEvents { try await start().reader }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(start: start) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let start: @Sendable () async throws -> OpenStream<Element>
        private var reader: EventReader?
        private var isDone = false

        fileprivate init(start: @escaping @Sendable () async throws -> OpenStream<Element>) { self.start = start }

        public mutating func next() async throws -> Element? {
            if isDone { return nil }
            do {
                if reader == nil { reader = try await start().reader }
                if let event: Element = try await reader?.next() { return event }
            } catch {
                stop()
                throw error
            }
            stop()
            return nil
        }

        private mutating func stop() {
            isDone = true
            reader = nil
        }
    }
}

/// A streamed answer that has begun: iterate it once.
public struct OpenStream<Element: JSONCodable>: AsyncSequence, Sendable {
    /// The status and headers.
    public let head: ResponseHead
    let reader: EventReader

    /// The events as they come, untyped: iterate over these or over the stream.
    public var events: ServerSentEvents {
        let reader = reader
        return ServerSentEvents { reader }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(reader: reader) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let reader: EventReader
        public mutating func next() async throws -> Element? { try await reader.next() }
    }
}

/// The events of a stream as they come. An error event, a cut and silence throw, as they do in the stream itself.
public struct ServerSentEvents: AsyncSequence, Sendable {
    public typealias Element = ServerSentEvent

    let start: @Sendable () async throws -> EventReader

    public func makeAsyncIterator() -> Iterator { Iterator(start: start) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let start: @Sendable () async throws -> EventReader
        private var reader: EventReader?

        fileprivate init(start: @escaping @Sendable () async throws -> EventReader) { self.start = start }

        public mutating func next() async throws -> ServerSentEvent? {
            if reader == nil { reader = try await start() }
            return try await reader?.nextEvent()
        }
    }
}

/// Turns the body of a streamed answer into events.
actor EventReader {
    private let request: TransportRequest
    private let body: TransportResponse.Body
    private let watch: IdleWatch?
    private let terminator: String?
    private let form: APIOperation.EventForm
    private var sse = SSEParser()
    private var lines = LineSplitter()
    private var pending: [ServerSentEvent] = []
    private var place = 0
    private var isDone = false

    /// An event, and its data as JSON, where it is.
    private struct Message {
        let event: ServerSentEvent
        let data: Result<JSONValue, any Error>
    }

    init(_ body: TransportResponse.Body, request: TransportRequest) {
        self.request = request
        self.body = body
        if case .events(let terminator, let form) = request.operation.answer {
            self.terminator = terminator
            self.form = form
        } else {
            terminator = nil
            form = .json
        }
        if case .bytes(let stream) = body {
            watch = IdleWatch(stream, seconds: request.idleTimeout)
        } else {
            watch = nil
        }
    }

    /// What the next event gives; nil at the end. After an error or the end the connection is closed.
    func next<Element: JSONCodable>() async throws -> Element? {
        guard let message = try await nextMessage() else { return nil }
        do {
            return try decode(message)
        } catch {
            close()
            throw error
        }
    }

    /// The next event as it came; nil at the end.
    func nextEvent() async throws -> ServerSentEvent? { try await nextMessage()?.event }

    private func nextMessage() async throws -> Message? {
        if isDone { return nil }
        do {
            if let message = try await advance() { return message }
        } catch {
            close()
            throw error
        }
        close()
        return nil
    }

    private func close() {
        isDone = true
        switch body {
        case .bytes: watch?.cancel()
        case .events(let stream): stream.cancel()
        case .json: break
        }
    }

    private func advance() async throws -> Message? {
        switch body {
        case .bytes: return try await advanceBytes()
        case .events(let stream): return try await stream.next().map { try message($0) }
        case .json(let value):
            isDone = true
            return try message(value)
        }
    }

    private func advanceBytes() async throws -> Message? {
        // Where data is JSON, a mark that nobody documented can be nothing else.
        let mark = terminator ?? (form == .text || request.operation.answer == .lines ? nil : "[DONE]")
        while true {
            while place < pending.count {
                let event = pending[place]
                place += 1
                if let mark, event.data == mark { return nil }
                return try message(event)
            }
            place = 0
            guard let chunk = try await nextChunk() else {
                pending = lastLine()
                if pending.isEmpty { return try end() }
                continue
            }
            pending = pieces(of: chunk)
        }
    }

    private func nextChunk() async throws -> Data? {
        do {
            return try await watch?.next()
        } catch let error as APITimeoutError {
            throw APITimeoutError("\(request.label): \(error.message)")
        } catch let error as APIConnectionError {
            let message = "\(request.label): the stream was cut short: \(error.message)"
            throw APIStreamError(message, underlying: error.underlying)
        }
    }

    private func pieces(of chunk: Data) -> [ServerSentEvent] {
        if request.operation.answer == .lines {
            return lines.feed(chunk, carriageReturns: false).compactMap(line)
        }
        return sse.feed(chunk)
    }

    /// A last line without a line end, which only line-by-line streams may have.
    private func lastLine() -> [ServerSentEvent] {
        request.operation.answer == .lines ? [lines.rest()].compactMap(line) : []
    }

    private func line(_ bytes: [UInt8]) -> ServerSentEvent? {
        let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? nil : ServerSentEvent(data: text)
    }

    private func end() throws -> Message? {
        // Some servers forget the empty line after the last event.
        if let terminator, sse.unfinished() != terminator { throw APIStreamError("\(request.label): the stream ended before \(terminator)") }
        return nil
    }

    private func message(_ event: ServerSentEvent) throws -> Message {
        if event.event != "error", isText(event) { return Message(event: event, data: .success(.string(event.data))) }
        let parsed = Result { try JSONValue(parsing: Data(event.data.utf8)) }
        let json = try? parsed.get()
        if event.event == "error" { throw failure(json ?? .string(event.data), event.data) }
        if let json { try refuse(json, event.data) }
        return Message(event: event, data: parsed)
    }

    /// A message of a transport that has no events: its value is all there is.
    private func message(_ value: JSONValue) throws -> Message {
        try refuse(value, value.text)
        return Message(event: ServerSentEvent(data: value.text), data: .success(value))
    }

    private func refuse(_ json: JSONValue, _ text: String) throws {
        if let error = json["error"], !error.isNull, form != .text { throw failure(json, text) }
    }

    private func failure(_ body: JSONValue, _ text: String) -> APIStreamError {
        APIStreamError("\(request.label): \(serverMessage(in: body) ?? text)", body: body)
    }

    private func isText(_ event: ServerSentEvent) -> Bool {
        switch form {
        case .json: return false
        case .text: return true
        case .whole(let texts): return texts.contains(event.event ?? "")
        }
    }

    private func decode<Element: JSONCodable>(_ read: Message) throws -> Element {
        let data = Data(read.event.data.utf8)
        let json: JSONValue
        switch (form, body, read.data) {
        case (.whole, .bytes, _): json = whole(read)
        case (_, _, .success(let value)): json = value
        case (_, _, .failure(let error)):
            throw APIDecodingError("\(request.label): an event is not JSON: \(error)", body: data)
        }
        guard let event = Element(jsonValue: json) else {
            let message = "\(request.label): an event is a \(json.typeName), not a \(Element.self)"
            throw APIDecodingError(message, body: data)
        }
        return event
    }

    /// All that an event has, as an object.
    private func whole(_ message: Message) -> JSONValue {
        let event = message.event
        var members = JSONObject()
        if let name = event.event { members["event"] = .string(name) }
        members["data"] = (try? message.data.get()) ?? .string(event.data)
        if let id = event.id { members["id"] = .string(id) }
        if let retry = event.retry { members["retry"] = retry.jsonValue }
        return .object(members)
    }
}
