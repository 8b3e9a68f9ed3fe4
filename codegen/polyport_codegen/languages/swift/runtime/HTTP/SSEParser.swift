import Foundation

/// One server-sent event as it came.
public struct ServerSentEvent: Hashable, Sendable {
    /// The event's name; nil when it has none.
    public internal(set) var event: String?
    /// The data lines, joined by line feeds.
    public internal(set) var data = ""
    /// The last id that was sent, by this event or an earlier one; nil when there was none.
    public internal(set) var id: String?
    /// How long the server asks to wait before connecting again, in milliseconds, when this event says so.
    public internal(set) var retry: Int?
}

/// Cuts bytes into lines that end with LF, CR or CRLF, however the bytes were split on their way.
struct LineSplitter {
    private var line: [UInt8] = []
    private var isAfterCarriageReturn = false

    /// The lines that these bytes complete. With `carriageReturns` false only LF ends a line, and a CR before it goes.
    mutating func feed(_ data: Data, carriageReturns: Bool = true) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        data.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in
            var start = 0
            for place in 0..<bytes.count {
                let byte = bytes[place]
                if byte == 0x0A, isAfterCarriageReturn, start == place, line.isEmpty {
                    // The second half of a CRLF whose CR has ended the line already.
                    isAfterCarriageReturn = false
                    start = place + 1
                } else if byte == 0x0A || (byte == 0x0D && carriageReturns) {
                    line.append(contentsOf: bytes[start..<place])
                    lines.append(line)
                    line.removeAll(keepingCapacity: true)
                    start = place + 1
                    isAfterCarriageReturn = byte == 0x0D
                } else {
                    isAfterCarriageReturn = false
                }
            }
            line.append(contentsOf: bytes[start..<bytes.count])
        }
        return lines
    }

    /// What came after the last line end.
    mutating func rest() -> [UInt8] {
        defer { line = [] }
        return line
    }
}

/// The parser of event streams (WHATWG HTML, 9.2.6). An event that the end cuts short is not given out.
struct SSEParser {
    private var splitter = LineSplitter()
    private var isFirstLine = true
    private var event = ServerSentEvent()
    private var hasData = false
    private var name = ""

    /// The events that these bytes complete.
    mutating func feed(_ data: Data) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for var line in splitter.feed(data) {
            if isFirstLine {
                isFirstLine = false
                if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
            }
            if line.isEmpty {
                if let event = dispatch() { events.append(event) }
            } else {
                take(line)
            }
        }
        return events
    }

    /// The data of the event that the end of the stream cuts off; nil when it has none.
    mutating func unfinished() -> String? {
        let line = splitter.rest()
        if !line.isEmpty { take(line) }
        return hasData ? event.data : nil
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            event = ServerSentEvent(id: event.id)
            hasData = false
            name = ""
        }
        guard hasData else { return nil }
        event.event = name.isEmpty ? nil : name
        return event
    }

    private mutating func take(_ line: [UInt8]) {
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        if colon == 0 { return }  // a comment
        let field = String(decoding: line[..<(colon ?? line.count)], as: UTF8.self)
        var rest = colon.map { line[($0 + 1)...] } ?? []
        if rest.first == 0x20 { rest = rest.dropFirst() }
        let value = String(decoding: rest, as: UTF8.self)
        switch field {
        case "data":
            event.data = hasData ? event.data + "\n" + value : value
            hasData = true
        case "event": name = value
        case "id": if !rest.contains(0) { event.id = value }
        case "retry": if !rest.isEmpty, rest.allSatisfy({ (0x30...0x39).contains($0) }) { event.retry = Int(value) }
        default: break
        }
    }
}
