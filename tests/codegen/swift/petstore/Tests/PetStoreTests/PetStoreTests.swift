import Foundation
import PetStore
import XCTest

/// Uses the pet store's client as an application would, through its public names only.
final class PetStoreTests: XCTestCase {
    /// Answers everything with one value, and hands what it was asked to `inspect`.
    private struct Shelf: Transport {
        let answer: JSONValue
        var status = 200
        let inspect: @Sendable (TransportRequest) -> Void

        func send(_ request: TransportRequest) async throws -> TransportResponse {
            inspect(request)
            return TransportResponse(status: status, headers: ["X-Request-Id": "r1"], body: .json(answer))
        }
    }

    private static func json(_ request: TransportRequest) -> JSONValue? {
        if case .json(let value) = request.body { return value }
        return nil
    }

    func testMembersBecomeArguments() async throws {
        let shelf = Shelf(answer: ["id": 7, "name": "Rex", "photoUrls": [], "status": "sleeping", "collar": "red"]) {
            XCTAssertEqual($0.operation.id, "addPet")
            XCTAssertEqual(
                Self.json($0),
                [
                    "name": "Rex", "photoUrls": ["http://x/1"], "status": "available", "category": nil,
                    "traits": ["petType": "cat", "huntingSkill": "lazy"]
                ])
        }
        let client = PetStore(apiKey: "key", transport: shelf)
        let pet = try await client.pet.create(
            name: "Rex", photoURLs: ["http://x/1"], category: .null, traits: .cat(.lazy), status: .available
        )
        XCTAssertEqual(pet.id, 7)
        XCTAssertEqual(pet.status, "sleeping")
        XCTAssertEqual(pet.unknownFields, ["collar": "red"])
    }

    func testAFileGoesIntoAForm() async throws {
        let shelf = Shelf(answer: ["code": 1]) {
            guard case .multipart = $0.body else { return XCTFail("no form") }
        }
        let answer = try await PetStore(apiKey: "key", transport: shelf).pet.uploadImage(
            petID: 7, file: Upload(Data("x".utf8), filename: "x.png", contentType: "image/png"))
        XCTAssertEqual(answer.code, 1)
    }

    func testMapsAndLists() async throws {
        let counts = try await PetStore(apiKey: "key", transport: Shelf(answer: ["sold": 2]) { _ in }).store.inventory
            .retrieve()
        XCTAssertEqual(counts, ["sold": 2])
        let pets = try await PetStore(apiKey: "key", transport: Shelf(answer: [["name": "a"], ["name": "b"]]) { _ in })
            .pet.findByStatus.list(status: [.sold])
        XCTAssertEqual(pets.map(\.name), ["a", "b"])
        XCTAssertEqual(pets[0].misfits().map(\.path), ["photoUrls"])
    }

    func testAMissingPetIsAnErrorOfItsOwn() async throws {
        let shelf = Shelf(answer: ["message": "no such pet"], status: 404) { _ in }
        do {
            _ = try await PetStore(apiKey: "key", transport: shelf).pet.retrieve(petID: 9)
            XCTFail("no error")
        } catch let error as NotFoundError {
            XCTAssertEqual(error.message, "GET /pet/9: 404 no such pet (request id r1)")
        }
    }
}
