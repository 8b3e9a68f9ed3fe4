/// The members of a JSON object, in order. A name occurs once: the last value given for it counts.
public struct JSONObject: Sendable {
    /// A name and its value.
    public struct Member: Hashable, Sendable {
        public let name: String
        public var value: JSONValue

        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// Past this many members a name is looked up in an index instead of along the members.
    private static let indexed = 16

    private var members: [Member] = []
    private var places: [String: Int] = [:]

    /// An object without members.
    public init() {}

    /// The members, later ones replacing earlier ones of the same name.
    public init(_ members: some Sequence<Member>) {
        for member in members { self[member.name] = member.value }
    }

    /// How many members there are.
    public var count: Int { members.count }

    /// Whether there is no member.
    public var isEmpty: Bool { members.isEmpty }

    /// The names, in order.
    public var names: [String] { members.map(\.name) }

    /// The value of a member. Setting nil removes it; `JSONValue.null` is a value.
    public subscript(name: String) -> JSONValue? {
        get { place(of: name).map { members[$0].value } }
        set {
            let found = place(of: name)
            switch (found, newValue) {
            case (let place?, let value?): members[place].value = value
            case (nil, let value?): append(Member(name: name, value: value))
            case (let place?, nil):
                members.remove(at: place)
                places = [:]
                reindex()
            case (nil, nil): break
            }
        }
    }

    /// Where a member stands, trying `hint` first: senders usually keep the documented order.
    func place(of name: String, hint: Int = 0) -> Int? {
        if hint < members.count, members[hint].name == name { return hint }
        if members.count > Self.indexed { return places[name] }
        return members.firstIndex { $0.name == name }
    }

    func member(at place: Int) -> Member { members[place] }

    private mutating func append(_ member: Member) {
        members.append(member)
        if members.count == Self.indexed + 1 {
            reindex()
        } else if members.count > Self.indexed {
            places[member.name] = members.count - 1
        }
    }

    private mutating func reindex() {
        guard members.count > Self.indexed else { return }
        for (place, member) in members.enumerated() { places[member.name] = place }
    }
}

extension JSONObject: Sequence {
    public func makeIterator() -> IndexingIterator<[Member]> { members.makeIterator() }
}

extension JSONObject: CustomStringConvertible {
    public var description: String { JSONValue.object(self).text }
}

extension JSONObject: Hashable {
    /// Whether both have the same members, in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.members.allSatisfy { right[$0.name] == $0.value }
    }

    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in members { sum &+= member.hashValue }
        hasher.combine(sum)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements.map { Member(name: $0.0, value: $0.1) })
    }
}
