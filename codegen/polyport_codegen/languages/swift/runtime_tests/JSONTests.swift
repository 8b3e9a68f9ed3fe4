import Foundation
import XCTest

@testable import Runtime

final class JSONTests: XCTestCase {
    private func parse(_ text: String) throws -> JSONValue { try JSONValue(parsing: Data(text.utf8)) }

    func testRoundTripKeepsDigitsAndOrder() throws {
        for text in [
            "{\"b\":9007199254740993,\"a\":0.10}", "[1e400,-0,12345678901234567890]", "\"\\\"\\\\\\n\\u0001é😀\""
        ] {
            XCTAssertEqual(try parse(text).text, text)
        }
    }

    func testEscapesAndSurrogates() throws {
        XCTAssertEqual(try parse("\"\\u00e9\\ud83d\\ude00\\/\\b\""), .string("é😀/\u{8}"))
        XCTAssertEqual(try parse("\"\\ud83d!\""), .string("\u{FFFD}!"))
    }

    func testRefusesWhatIsNotJSON() {
        for text in [
            "", "{", "[1,]", "{\"a\":1,}", "01", "1.", "nul", "\"a", "\"\u{1}\"", "1 2", "{a:1}", "+1", "\"\\x\""
        ] {
            XCTAssertThrowsError(try parse(text), text) { XCTAssert($0 is JSONSyntaxError, text) }
        }
        XCTAssertThrowsError(try parse(String(repeating: "[", count: 100_000)))
    }

    func testTheLastOfTwoMembersCounts() throws {
        XCTAssertEqual(try parse("{\"a\":1,\"a\":2}").text, "{\"a\":2}")
    }

    func testNumbersAreComparedByValue() throws {
        XCTAssertEqual(try parse("[1.0, 1e2]"), [1, 100])
        XCTAssertNotEqual(try parse("9007199254740993"), try parse("9007199254740992"))
        XCTAssertEqual(try parse("1e2").intValue, 100)
        XCTAssertNil(try parse("1.5").intValue)
        XCTAssertNotEqual(try parse("18446744073709551615"), try parse("18446744073709551614"))
        XCTAssertNotEqual(try parse("0.10000000000000000001"), try parse("0.1"))
        XCTAssertEqual(try parse("[-0, 0.0, 120e-1, 1e400]"), try parse("[0, 0, 12, 10E399]"))
        XCTAssertEqual(try parse("9007199254740993.0").intValue, 9_007_199_254_740_993)
        XCTAssertNil(try parse("1e99999999999999999999").intValue)
    }

    func testOnlyANumberIsANumber() {
        XCTAssertEqual(JSONNumber("1e3")?.int, 1000)
        for text in ["", "1,2", "0x1", "nan", "\"1\"", "1}"] { XCTAssertNil(JSONNumber(text), text) }
    }

    func testLargeObjectsAreIndexed() {
        var object = JSONObject()
        for number in 0..<100 { object["m\(number)"] = .number(JSONNumber(number)) }
        object["m50"] = nil
        object["m7"] = "seven"
        XCTAssertEqual(object.count, 99)
        XCTAssertEqual(object["m99"], 99)
        XCTAssertEqual(object["m7"], "seven")
        XCTAssertNil(object["m50"])
        XCTAssertEqual(object, JSONObject(object.reversed()))
    }

    func testFoundationsCodersKeepAModel() throws {
        let note = try XCTUnwrap(Note(jsonValue: ["id": "n", "tags": ["a"], "new": ["x": 1, "y": nil]]))
        let data = try JSONEncoder().encode(note)
        XCTAssertEqual(try JSONDecoder().decode(Note.self, from: data), note)
        let odd: JSONValue = ["id": "n", "tags": [], "snake_case": [nil, true, 1.5], "camelCase": ["inner_one": "x"]]
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let kept = try decoder.decode([Note].self, from: try encoder.encode([XCTUnwrap(Note(jsonValue: odd))]))
        XCTAssertEqual(kept.map(\.jsonValue), [odd])
        let large: JSONValue = [.number(JSONNumber(digits: "18446744073709551615"))]
        XCTAssertEqual(try JSONDecoder().decode(JSONValue.self, from: try JSONEncoder().encode(large)), large)
    }
}
