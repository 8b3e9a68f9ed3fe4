import Foundation

/// The settings that a client takes from its environment.
public enum ClientEnvironment {
    /// The base URL: the argument, the variable `<prefix>_BASE_URL`, or the API's own.
    ///
    /// A variable that is not a URL fails the first call by name rather than the program.
    public static func baseURL(_ argument: URL?, prefix: String, standard: String) -> URL {
        if let argument { return argument }
        let text = value("\(prefix)_BASE_URL") ?? standard
        return URL(string: text) ?? URL(fileURLWithPath: text)
    }

    /// The way to the key: the provider, the argument, or the variable `<prefix>_API_KEY`.
    public static func apiKey(
        _ argument: String?, _ provider: (@Sendable () async throws -> String)?, prefix: String
    ) -> (@Sendable () async throws -> String)? {
        if let provider { return provider }
        guard let key = argument ?? value("\(prefix)_API_KEY") else { return nil }
        return { key }
    }

    /// The log that `<prefix>_LOG` asks for.
    public static func log(prefix: String) -> ClientLog { ClientLog.fromEnvironment(value("\(prefix)_LOG")) }

    private static func value(_ name: String) -> String? {
        let text = ProcessInfo.processInfo.environment[name]
        return text?.isEmpty == true ? nil : text
    }

    /// The language version that this was compiled with, for the `User-Agent` header.
    public static var swiftVersion: String {
        #if swift(>=6.3)
            return "6.3"
        #elseif swift(>=6.2)
            return "6.2"
        #elseif swift(>=6.1)
            return "6.1"
        #else
            return "6.0"
        #endif
    }
}
