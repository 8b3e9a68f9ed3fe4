import XCTest

@testable import Runtime

final class ModelTests: XCTestCase {
    func testNoTextShowsASecret() throws {
        let json: JSONValue = ["list": [["password": "p"]], "recovery_code": nil, "name": "n"]
        XCTAssertEqual(json.withoutSecrets, ["list": [["password": "***"]], "recovery_code": nil, "name": "n"])
    }

    func testUnknownMembersAndNullsSurvive() throws {
        let json: JSONValue = ["id": "n", "text": nil, "tags": [], "new": [1]]
        var note = try XCTUnwrap(Note(jsonValue: json))
        XCTAssertNil(note.text)
        XCTAssertEqual(note.jsonValue, json)
        XCTAssertEqual(note.unknownFields, ["new": [1]])
        XCTAssertEqual("\(note.unknownFields)", "{\"new\":[1]}")
        note.text = "t"
        note.unknownFields["more"] = true
        XCTAssertEqual(note.jsonValue, ["id": "n", "text": "t", "tags": [], "new": [1], "more": true])
    }

    func testAnOddMemberBreaksNothingAndIsNamed() throws {
        let json: JSONValue = ["notes": [["id": 7, "tags": "none"]], "parent": ["notes": nil]]
        let folder = try XCTUnwrap(Folder(jsonValue: json))
        XCTAssertEqual(folder.notes.first?.id, "")
        XCTAssertEqual(folder.jsonValue, json)
        XCTAssertEqual(
            folder.misfits().map(\.description).sorted(),
            ["notes[0].id: unexpected number", "notes[0].tags: unexpected string", "parent.notes: unexpected null"])
        XCTAssertThrowsError(try folder.validate()) { error in
            XCTAssertTrue((error as? APIDecodingError)?.message.contains("notes") == true, "\(error)")
        }
    }

    func testAMissingRequiredMemberStaysMissing() throws {
        var note = try XCTUnwrap(Note(jsonValue: ["id": "n"]))
        XCTAssertEqual(note.tags, [])
        XCTAssertEqual(note.jsonValue, ["id": "n"])
        XCTAssertEqual(note.misfits(), [Misfit(path: "tags", found: nil)])
        note.tags = ["a"]
        XCTAssertEqual(note.jsonValue, ["id": "n", "tags": ["a"]])
    }

    func testThreeStatesAreSent() {
        XCTAssertEqual(Note(id: "n", tags: []).jsonValue, ["id": "n", "tags": []])
        XCTAssertEqual(Note(id: "n", text: .null, tags: []).jsonValue, ["id": "n", "text": nil, "tags": []])
        XCTAssertEqual(Note(id: "n", text: "t", tags: []).jsonValue, ["id": "n", "text": "t", "tags": []])
        let unset: String? = nil
        XCTAssertEqual(Note(id: "n", text: unset, tags: []).jsonValue, ["id": "n", "tags": []])
        let given: String? = "t"
        XCTAssertEqual(Note(id: "n", text: given, tags: []).jsonValue, ["id": "n", "text": "t", "tags": []])
    }

    func testACopyIsIndependent() throws {
        let folder = try XCTUnwrap(Folder(jsonValue: ["notes": [], "parent": ["notes": []]]))
        var copy = folder
        copy.parent = nil
        XCTAssertNotNil(folder.parent)
        XCTAssertNil(copy.parent)
    }

    func testOnlyAnObjectIsAModel() {
        XCTAssertNil(Note(jsonValue: [1]))
        XCTAssertNil(Note(jsonValue: nil))
    }
}
