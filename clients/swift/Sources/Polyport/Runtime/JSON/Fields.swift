/// Hands the members of an object to the properties of a model.
public struct FieldReader {
    private let object: JSONObject
    private var isRead: [Bool]
    private var next = 0
    private var extras = Extras()

    init(_ object: JSONObject) {
        self.object = object
        isRead = Array(repeating: false, count: object.count)
    }

    private mutating func take(_ name: String) -> JSONValue? {
        guard let place = object.place(of: name, hint: next) else { return nil }
        isRead[place] = true
        next = place + 1
        return object.member(at: place).value
    }

    /// A required member.
    public mutating func required<Value: JSONCodable>(_ name: String) -> Value {
        guard let raw = take(name) else {
            extras.add(.missing, name)
            return .standIn
        }
        if let value = Value(jsonValue: raw) { return value }
        extras.add(.misfit, name, raw)
        return .standIn
    }

    /// A required member with only one value: where it is absent, it is filled in.
    public mutating func constant<Value: JSONCodable>(_ name: String, _ constant: Value) -> Value {
        guard let raw = take(name) else { return constant }
        if let value = Value(jsonValue: raw) { return value }
        extras.add(.misfit, name, raw)
        return constant
    }

    /// A member that may be absent or null.
    public mutating func optional<Value: JSONCodable>(_ name: String) -> Value? {
        guard let raw = take(name) else { return nil }
        if raw.isNull {
            extras.add(.null, name)
        } else if let value = Value(jsonValue: raw) {
            return value
        } else {
            extras.add(.misfit, name, raw)
        }
        return nil
    }

    /// The members that were not asked for, and those that did not fit.
    public func finish() -> Extras {
        var extras = extras
        for (place, isRead) in isRead.enumerated() where !isRead {
            let member = object.member(at: place)
            extras.add(.unknown, member.name, member.value)
        }
        return extras
    }
}

/// Collects the properties of a model into an object.
public struct FieldWriter {
    private var object = JSONObject()
    private let extras: Extras

    init(_ extras: Extras) { self.extras = extras }

    /// A required member.
    public mutating func required<Value: JSONCodable>(_ name: String, _ value: Value) {
        write(name, value, standIn: .standIn)
    }

    /// A required member with only one value.
    public mutating func constant<Value: JSONCodable>(_ name: String, _ value: Value, _ constant: Value) {
        write(name, value, standIn: constant)
    }

    private mutating func write<Value: JSONCodable>(_ name: String, _ value: Value, standIn: Value) {
        // An untouched stand-in is written as what it stands for.
        if let kept = extras.kept(name), value == standIn {
            if kept.kind == .misfit { object[name] = kept.member.value }
            return
        }
        object[name] = value.jsonValue
    }

    /// A member that is left out when it is nil, unless it came or was given as null.
    public mutating func optional<Value: JSONCodable>(_ name: String, _ value: Value?) {
        object[name] = value?.jsonValue ?? extras.kept(name)?.member.value
    }

    func finish() -> JSONObject {
        var object = object
        for entry in extras.entries where entry.kind == .unknown { object[entry.member.name] = entry.member.value }
        return object
    }
}
