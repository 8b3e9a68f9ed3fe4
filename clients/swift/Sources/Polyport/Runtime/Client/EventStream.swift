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

    public func makeAsyncIterator() -> Iterator { Iterator(reader: reader) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let reader: EventReader
        public mutating func next() async throws -> Element? { try await reader.next() }
    }
}

/// Turns the body of a streamed answer into events.
actor EventReader {
    private let request: TransportRequest
    private let body: TransportResponse.Body
    private let watch: IdleWatch?
    private var sse = SSEParser()
    private var lines = LineSplitter()
    private var pending: [Piece] = []
    private var place = 0
    private var isDone = false

    /// The text of an event and its name.
    private struct Piece {
        let name: String
        let data: String
    }

    init(_ body: TransportResponse.Body, request: TransportRequest) {
        self.request = request
        self.body = body
        if case .bytes(let stream) = body {
            watch = IdleWatch(stream, seconds: request.idleTimeout)
        } else {
            watch = nil
        }
    }

    /// The next event; nil at the end. After an error or the end the connection is closed.
    func next<Element: JSONCodable>() async throws -> Element? {
        if isDone { return nil }
        do {
            if let event: Element = try await advance() { return event }
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

    private func advance<Element: JSONCodable>() async throws -> Element? {
        switch body {
        case .bytes: return try await advanceBytes()
        case .events(let stream):
            return try await stream.next().map { try decode($0, from: Piece(name: "message", data: $0.text)) }
        case .json(let value):
            isDone = true
            return try decode(value, from: Piece(name: "message", data: value.text))
        }
    }

    private func advanceBytes<Element: JSONCodable>() async throws -> Element? {
        while true {
            while place < pending.count {
                let piece = pending[place]
                place += 1
                if case .events(let terminator?) = request.operation.answer, piece.data == terminator { return nil }
                return try decode(parse(piece), from: piece)
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

    private func pieces(of chunk: Data) -> [Piece] {
        if request.operation.answer == .lines {
            return lines.feed(chunk, carriageReturns: false).compactMap(line)
        }
        return sse.feed(chunk).map { Piece(name: $0.name, data: $0.data) }
    }

    /// A last line without a line end, which only line-by-line streams may have.
    private func lastLine() -> [Piece] {
        request.operation.answer == .lines ? [lines.rest()].compactMap(line) : []
    }

    private func line(_ bytes: [UInt8]) -> Piece? {
        let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? nil : Piece(name: "message", data: text)
    }

    private func end<Element>() throws -> Element? {
        if case .events(let terminator?) = request.operation.answer {
            throw APIStreamError("\(request.label): the stream ended before \(terminator)")
        }
        return nil
    }

    private func parse(_ piece: Piece) throws -> JSONValue {
        let data = Data(piece.data.utf8)
        do {
            return try JSONValue(parsing: data)
        } catch  where piece.name == "error" {
            throw APIStreamError("\(request.label): \(piece.data)", body: .string(piece.data))
        } catch {
            throw APIDecodingError("\(request.label): an event is not JSON: \(error)", body: data)
        }
    }

    private func decode<Element: JSONCodable>(_ json: JSONValue, from piece: Piece) throws -> Element {
        let isError = piece.name == "error" || json["error"].map { !$0.isNull } ?? false
        if isError {
            throw APIStreamError("\(request.label): \(serverMessage(in: json) ?? piece.data)", body: json)
        }
        guard let event = Element(jsonValue: json) else {
            let message = "\(request.label): an event is a \(json.typeName), not a \(Element.self)"
            throw APIDecodingError(message, body: Data(piece.data.utf8))
        }
        return event
    }
}
