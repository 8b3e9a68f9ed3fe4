@testable import Runtime

/// A model whose properties can be found by their wire names.
protocol TypedMembers {
    /// The property's value; nil when there is no such property.
    func typedMember(_ wireName: String) -> Any?
}

/// A union whose value can be taken out.
protocol TypedUnion: JSONUnion {
    /// The members that tell the variants apart.
    static var tags: [String] { get }
    /// The value of a known variant.
    var typedPayload: Any? { get }
}

extension TypedUnion {
    /// The values of the tags, or the JSON type where there are none, or `unknown`.
    var variantName: String {
        guard typedPayload != nil else { return "unknown" }
        let said = Self.tags.compactMap { jsonValue[$0].map { $0.stringValue ?? $0.text } }
        return said.isEmpty ? jsonValue.typeName : said.joined(separator: "/")
    }
}

/// Follows a path of wire names and indexes along typed properties. Nil: an absent value on the way, or at its end.
func typedRead(_ start: Any, _ path: [JSONValue]) throws -> Any? {
    var value: Any? = unwrapped(start)
    for step in path {
        while let union = value as? any TypedUnion { value = union.typedPayload }
        guard let current = value else { return nil }
        value = unwrapped(try member(of: current, step))
    }
    return value
}

private func member(of value: Any, _ step: JSONValue) throws -> Any? {
    if let json = value as? JSONValue {
        let found: JSONValue? = step.intValue.map { json[$0] } ?? json[step.stringValue ?? ""]
        return found
    }
    if let index = step.intValue, let items = value as? [Any] {
        return items.indices.contains(index) ? items[index] : nil
    }
    let name = step.stringValue ?? ""
    if let dictionary = value as? [String: Any] { return dictionary[name] }
    if let object = value as? JSONObject { return object[name] }
    if let model = value as? any TypedMembers, let member = model.typedMember(name) { return member }
    throw Mismatch("\(type(of: value)) has no typed member \(step)")
}

/// The value without its optionals.
private func unwrapped(_ value: Any?) -> Any? {
    guard let value else { return nil }
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return value }
    return unwrapped(mirror.children.first?.value)
}
