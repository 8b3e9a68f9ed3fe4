/// How the events of one type add up to a whole, from the API's description. Ways are wire names; `[]` leads to the
/// items of a list.
public struct DeltaRule: Sendable {
    /// Strings that come in pieces.
    let joined: Set<[String]>
    /// Objects in which strings that this version does not know are joined too.
    let pieces: Set<[String]>
    /// Known strings in them that are not.
    let kept: Set<[String]>
    /// Lists whose items belong together when this member of them is the same.
    let merged: [[String]: String]
    /// Members of these names, or of names that end so, say what a thing is: they are repeated, not continued.
    let names: Set<String>
    let endings: [String]
    /// What becomes of the sum's members in the whole answer, in this order.
    let renamed: [(path: [String], name: String)]
    let dropped: [[String]]
    let constants: [(path: [String], value: JSONValue)]

    public init(
        joined: Set<[String]>, pieces: Set<[String]>, kept: Set<[String]> = [], merged: [[String]: String] = [:],
        names: Set<String>, endings: [String], renamed: [(path: [String], name: String)] = [],
        dropped: [[String]] = [], constants: [(path: [String], value: JSONValue)] = []
    ) {
        self.joined = joined
        self.pieces = pieces
        self.kept = kept
        self.merged = merged
        self.names = names
        self.endings = endings
        self.renamed = renamed
        self.dropped = dropped
        self.constants = constants
    }

    /// Two events as one, both objects or not.
    func sum(_ first: JSONValue, _ later: JSONValue, at path: [String] = [], inPieces: Bool = false) -> JSONValue {
        let inPieces = inPieces || pieces.contains(path)
        switch (first, later) {
        case (_, .null): return first
        case (.string(let start), .string(let rest)) where joins(path, inPieces): return .string(start + rest)
        case (.object(let object), .object(let delta)):
            var sum = object
            for member in delta {
                let way = path + [member.name]
                sum[member.name] =
                    object[member.name].map { self.sum($0, member.value, at: way, inPieces: inPieces) } ?? member.value
            }
            return .object(sum)
        case (.array(let items), .array(let more)):
            return .array(self.items(items, more, at: path, inPieces: inPieces))
        default: return later
        }
    }

    private func joins(_ path: [String], _ inPieces: Bool) -> Bool {
        if joined.contains(path) { return true }
        guard inPieces, !kept.contains(path), let name = path.last, !names.contains(name) else { return false }
        return !endings.contains { name.hasSuffix($0) }
    }

    private func items(
        _ items: [JSONValue], _ more: [JSONValue], at path: [String], inPieces: Bool
    ) -> [JSONValue] {
        // A list that this version does not know belongs together by index too.
        guard let key = merged[path] ?? (inPieces ? "index" : nil) else { return items + more }
        var sum = items
        for item in more {
            let place = item[key].flatMap { value in sum.firstIndex { $0[key] == value } }
            if let place {
                sum[place] = self.sum(sum[place], item, at: path + ["[]"], inPieces: inPieces)
            } else {
                sum.append(item)
            }
        }
        return sum
    }

    /// The sum as a whole answer.
    func whole(_ sum: JSONValue) -> JSONValue {
        var answer = sum
        for (path, name) in renamed {
            answer = edited(answer, path[...]) { object, member in
                if let value = object[member] {
                    object[member] = nil
                    object[name] = value
                }
            }
        }
        for path in dropped { answer = edited(answer, path[...]) { $0[$1] = nil } }
        for (path, value) in constants { answer = edited(answer, path[...]) { $0[$1] = value } }
        return answer
    }

    private func edited(
        _ value: JSONValue, _ path: ArraySlice<String>, _ edit: (inout JSONObject, String) -> Void
    ) -> JSONValue {
        guard let step = path.first else { return value }
        if step == "[]", case .array(let items) = value {
            return .array(items.map { edited($0, path.dropFirst(), edit) })
        }
        guard case .object(var object) = value else { return value }
        if path.count == 1 {
            edit(&object, step)
        } else if let inner = object[step] {
            object[step] = edited(inner, path.dropFirst(), edit)
        }
        return .object(object)
    }
}

/// An event that is a part of a whole.
public protocol DeltaEvent: JSONModel {
    /// How such events add up.
    static var deltaRule: DeltaRule { get }
}

/// An event that is a part of what the call gives without streaming.
public protocol AnswerDelta: DeltaEvent {
    associatedtype WholeAnswer: JSONCodable
}

extension AsyncSequence where Element: DeltaEvent {
    /// Reads a stream of deltas to its end and gives one event that holds everything; nil when there was none.
    ///
    /// ```swift
    /// let whole = try await stream.accumulated()
    /// print(whole?.choices.first?.delta.content ?? "")
    /// ```
    public func accumulated() async throws -> Element? {
        var whole: JSONValue?
        for try await event in self {
            whole = whole.map { Element.deltaRule.sum($0, event.jsonValue) } ?? event.jsonValue
        }
        return whole.flatMap { Element(jsonValue: $0) }
    }
}

extension AsyncSequence where Element: AnswerDelta {
    /// Reads a stream of deltas to its end and gives the answer that the call has without streaming; nil without events.
    public func answer() async throws -> Element.WholeAnswer? {
        try await accumulated().flatMap { Element.WholeAnswer(jsonValue: Element.deltaRule.whole($0.jsonValue)) }
    }
}
