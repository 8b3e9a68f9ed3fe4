import Foundation
import XCTest

@testable import Runtime

/// Plays all vectors against the server whose address `VECTORS_URL` gives (`python3 tests/vectors/server.py`).
///
/// `VECTORS_ONLY` picks some by name, separated by commas; `VECTORS_REPORT` names a JUnit file with a case for each.
final class VectorTests: XCTestCase {
    private struct Outcome: Sendable {
        let name: String
        let problems: [String]
        let seconds: TimeInterval
    }

    /// How many are played at once: few, since some measure time.
    private static let width = 4

    func testAllVectors() async throws {
        let environment = ProcessInfo.processInfo.environment
        let address = try XCTUnwrap(environment["VECTORS_URL"], "start tests/vectors/server.py and set VECTORS_URL")
        let server = try XCTUnwrap(URL(string: address))
        let control = makeClient(server, nil, [:], 30, 30, 0)
        var vectors = try await control.get("/_vectors").arrayValue?.map(Vector.init) ?? []
        if let only = environment["VECTORS_ONLY"]?.split(separator: ",").map(String.init) {
            vectors = vectors.filter { only.contains($0.name) }
        }
        XCTAssertFalse(vectors.isEmpty, "the server has no vectors")
        let outcomes = await withTaskGroup(of: Outcome.self) { group in
            var outcomes: [Outcome] = []
            for (place, vector) in vectors.enumerated() {
                if place >= Self.width, let outcome = await group.next() { outcomes.append(outcome) }
                group.addTask { await Self.play(vector, server, control) }
            }
            for await outcome in group { outcomes.append(outcome) }
            return outcomes.sorted { $0.name < $1.name }
        }
        for outcome in outcomes where !outcome.problems.isEmpty {
            XCTFail("\(outcome.name): \(outcome.problems.joined(separator: "; "))")
        }
        print("\(outcomes.filter(\.problems.isEmpty).count) of \(outcomes.count) vectors passed")
        if let path = environment["VECTORS_REPORT"] {
            try report(outcomes).write(toFile: path, atomically: true, encoding: .utf8)
        }
    }

    private static func play(_ vector: Vector, _ server: URL, _ control: VectorClient) async -> Outcome {
        let started = Date()
        let run = "swift-\(UUID().uuidString)"
        var comparison = Comparison(vector)
        var problems: [String] = []
        do {
            var base = server.appendingPathComponent("\(vector.name)/\(run)")
            if let query = vector.setting("base_query")?.stringValue {
                base = URL(string: "\(base.absoluteString)?\(query)") ?? base
            }
            let client = makeClient(
                base, vector.setting("api_key")?.stringValue, vector.credentials, vector.seconds("timeout_ms") ?? 20,
                vector.seconds("idle_timeout_ms") ?? 20, vector.setting("max_retries")?.intValue ?? 2
            ).withOptions { $0.retry = RetryPolicy(initialDelay: 0.005, maximumDelay: 0.04) }
            let observation = VectorRun(vector, client)
            let failure = await call(observation)
            comparison.compare(observation, failure)
            comparison.compare(report: try await control.get("/_report/\(vector.name)/\(run)"))
        } catch {
            problems.append("\(error)")
        }
        return Outcome(
            name: vector.name, problems: comparison.problems + problems, seconds: Date().timeIntervalSince(started))
    }

    /// Makes the call, in a task of its own that is cancelled when the vector says so, and after half a minute at most.
    private static func call(_ run: VectorRun<VectorClient>) async -> (any Error)? {
        let task = Task { () -> (any Error)? in
            do {
                try await dispatch(run)
                return nil
            } catch {
                return error
            }
        }
        let delay = run.vector.json["cancel"]?["after_ms"]?.doubleValue.map { $0 / 1000 } ?? 30
        let canceller = Task {
            try await pause(delay)
            task.cancel()
        }
        let failure = await task.value
        canceller.cancel()
        return failure
    }

    private func report(_ outcomes: [Outcome]) -> String {
        let failures = outcomes.filter { !$0.problems.isEmpty }.count
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<testsuite name=\"vectors\" tests=\"\(outcomes.count)\" failures=\"\(failures)\">\n"
        for outcome in outcomes {
            text += "<testcase classname=\"vectors\" name=\"\(outcome.name)\" time=\"\(outcome.seconds)\">"
            for problem in outcome.problems { text += "<failure message=\"\(escaped(problem))\"/>" }
            text += "</testcase>\n"
        }
        return text + "</testsuite>\n"
    }

    private func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { out, scalar in
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case "\"": out += "&quot;"
            case _ where scalar.value < 0x20: out += " "
            default: out.unicodeScalars.append(scalar)
            }
        }
    }
}
