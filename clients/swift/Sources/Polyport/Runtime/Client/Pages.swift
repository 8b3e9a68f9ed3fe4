import Foundation

/// How the pages of a list follow each other.
public struct PageRule: Sendable {
    /// How the next page is asked for.
    public enum Style: Sendable { case cursor, page, offset, link, single }

    let style: Style
    /// Where the items are, as member names from the answer's root.
    let items: [String]
    /// The query parameter that is changed for the next page.
    var parameter = ""
    /// Where the answer says the next cursor; empty when it is a member of the last item.
    var nextCursor: [String] = []
    /// Where the answer links to the next page; empty when its `Link` header does.
    var nextLink: [String] = []
    /// The member of the last item that is the cursor.
    var cursorField = ""
    var hasMore: [String] = []
    /// The first page's number.
    var first = 1
    var totalPages: [String] = []
    /// The query parameter with the page size.
    var limit = ""
}

/// All items of a list, page by page. Nothing is asked of the server before the iteration begins.
///
/// ```swift
/// for try await item in client.items.list() { ... }     // all items of all pages
/// let page = try await client.items.list().firstPage()  // one page
/// ```
public struct PagedList<Item: JSONCodable, Body: JSONCodable>: AsyncSequence, Sendable {
    public typealias Element = Item

    let core: ClientCore
    let request: TransportRequest
    let rule: PageRule

    /// The first page alone.
    public func firstPage() async throws -> Page<Item, Body> {
        try await Page.load(core: core, request: request, rule: rule)
    }

    public func makeAsyncIterator() -> Iterator { Iterator(list: self) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let list: PagedList
        private var page: Page<Item, Body>?
        private var place = 0
        private var isDone = false

        fileprivate init(list: PagedList) { self.list = list }

        public mutating func next() async throws -> Item? {
            while !isDone {
                if let page, place < page.data.count {
                    place += 1
                    return page.data[place - 1]
                }
                // Only a page that came goes on: after an error, too, this is the end.
                isDone = true
                guard let following = try await following() else { return nil }
                isDone = false
                page = following
                place = 0
            }
            return nil
        }

        private func following() async throws -> Page<Item, Body>? {
            if let page { return try await page.nextPage() }
            return try await list.firstPage()
        }
    }
}

/// One page of a list.
public struct Page<Item: JSONCodable, Body: JSONCodable>: Sendable {
    /// The items.
    public let data: [Item]
    /// The answer that they came in.
    public let body: Body
    /// The status and headers of the answer.
    public let head: ResponseHead

    private let core: ClientCore
    private let rule: PageRule
    private let request: TransportRequest
    private let following: TransportRequest?
    private let link: JSONValue?

    /// Whether the server has more, as far as this page tells.
    public var hasNextPage: Bool { following != nil || link != nil }

    /// The next page; nil after the last one.
    ///
    /// - Throws: Besides what every call throws, ``APIDecodingError`` when the answer leads to a page that was there
    ///   before, or its link to another origin.
    public func nextPage() async throws -> Page? {
        guard let next = try link.map({ try request.linked(to: $0, from: head.url) }) ?? following else { return nil }
        if rule.style == .cursor, let cursor = next.queryValue(rule.parameter), next.cursors.contains(cursor) {
            let text = cursor.stringValue ?? cursor.text
            let what = "the cursor of the next page was there before: the pages go round in a circle"
            throw APIDecodingError("\(request.label): \(what): \(text)", body: Data(text.utf8))
        }
        return try await Page.load(core: core, request: next, rule: rule)
    }

    static func load(core: ClientCore, request: TransportRequest, rule: PageRule) async throws -> Page {
        let answer = try await core.whole(request)
        let json = try answer.json(request.label)
        let body: Body = try core.decode(json, answer, request.label)
        let items = (rule.items.isEmpty ? json : json.member(at: rule.items))?.arrayValue ?? []
        return Page(
            data: items.map { Item(jsonValue: $0) ?? .standIn }, body: body, head: answer.head, core: core, rule: rule,
            request: request, following: rule.following(request, json, items), link: rule.link(json, answer.head))
    }
}

extension PageRule {
    /// The request for the page after this one; nil when this is the last.
    func following(_ request: TransportRequest, _ body: JSONValue, _ items: [JSONValue]) -> TransportRequest? {
        guard style != .single, style != .link, style == .cursor || !items.isEmpty else { return nil }
        let more = body.member(at: hasMore)
        if let more, more.isNull || more.boolValue == false || more == "" { return nil }
        var next = request
        switch style {
        case .single, .link: return nil
        case .cursor:
            let cursor = nextCursor.isEmpty ? items.last?[cursorField] : body.member(at: nextCursor)
            guard let cursor, !cursor.isNull, cursor != "" else { return nil }
            if let asked = request.queryValue(parameter) { next.cursors.append(asked) }
            next.setQuery(parameter, cursor)
        case .page:
            let number = request.queryNumber(parameter) ?? first
            if let total = body.member(at: totalPages)?.intValue {
                if number - first + 1 >= total { return nil }
            } else if more == nil, isShort(request, items) {
                return nil
            }
            next.setQuery(parameter, .number(JSONNumber(number + 1)))
        case .offset:
            if more == nil, isShort(request, items) { return nil }
            next.setQuery(parameter, .number(JSONNumber((request.queryNumber(parameter) ?? 0) + items.count)))
        }
        return next
    }

    /// What links to the page after this one; nil when nothing does.
    func link(_ body: JSONValue, _ head: ResponseHead) -> JSONValue? {
        guard style == .link else { return nil }
        let header = nextLink.isEmpty ? linkToNextPage(in: head.headers["link"]).map(JSONValue.string) : nil
        guard let found = header ?? body.member(at: nextLink), !found.isNull, found != "" else { return nil }
        return found
    }

    private func isShort(_ request: TransportRequest, _ items: [JSONValue]) -> Bool {
        guard !limit.isEmpty, let asked = request.queryNumber(limit) else { return false }
        return items.count < asked
    }
}

extension TransportRequest {
    fileprivate func queryNumber(_ name: String) -> Int? {
        queryValue(name)?.intValue
    }

    fileprivate func queryValue(_ name: String) -> JSONValue? {
        arguments.first { $0.location == .query && $0.name == name }?.value
    }
}

extension JSONValue {
    /// The member that these names lead to, from here; nil for no names.
    fileprivate func member(at path: [String]) -> JSONValue? {
        if path.isEmpty { return nil }
        var value: JSONValue? = self
        for name in path { value = value?[name] }
        return value
    }
}
