import Foundation

/// Header fields: names are compared without case, and a name has one value (several are joined by `, `).
public struct HTTPHeaders: Hashable, Sendable {
    private var fields: [String: Field] = [:]

    private struct Field: Hashable, Sendable {
        let name: String
        var value: String
    }

    /// No fields.
    public init() {}

    /// The fields given; later ones replace earlier ones.
    public init(_ fields: [String: String]) {
        for (name, value) in fields { self[name] = value }
    }

    /// The value of a field. Setting nil removes it.
    public subscript(name: String) -> String? {
        get { fields[name.lowercased()]?.value }
        set { fields[name.lowercased()] = newValue.map { Field(name: name, value: $0) } }
    }

    /// The fields, by name.
    public var all: [(name: String, value: String)] {
        fields.sorted { $0.key < $1.key }.map { ($0.value.name, $0.value.value) }
    }

    /// Takes over all of the other's fields, replacing those of the same name.
    public mutating func merge(_ other: HTTPHeaders) { fields.merge(other.fields) { $1 } }

    /// The fields on one line, those of `secret` (in lower case) and those whose names tell of secrets as `***`.
    func text(hiding secret: Set<String>) -> String {
        all.map { "\($0.name): \(isSecret($0.name, secret) ? "***" : $0.value)" }.joined(separator: ", ")
    }

    /// Sets a field that is not there yet.
    mutating func setDefault(_ name: String, _ value: String) {
        if self[name] == nil { self[name] = value }
    }

    /// `Retry-After-Ms`, or `Retry-After` as seconds or as a date (RFC 9110, 10.2.3), in seconds from now.
    var retryAfter: TimeInterval? {
        if let milliseconds = self["retry-after-ms"].flatMap(Self.number) { return milliseconds / 1000 }
        guard let text = self["retry-after"] else { return nil }
        if let seconds = Self.number(text) { return seconds }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return formatter.date(from: text).map { max(0, $0.timeIntervalSinceNow) }
    }

    /// A number in digits, with a fraction or not; nil for every other text.
    private static func number(_ text: String) -> Double? {
        let text = text.trimmingCharacters(in: .whitespaces)
        let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        guard isPlain, !text.hasPrefix("."), !text.hasSuffix("."), let number = Double(text) else { return nil }
        return number.isFinite ? number : nil
    }
}

extension HTTPHeaders: CustomStringConvertible, CustomDebugStringConvertible {
    /// The fields on one line, without the values of those whose names tell of secrets.
    public var description: String { text(hiding: []) }
    public var debugDescription: String { description }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { self[name] = value }
    }
}
