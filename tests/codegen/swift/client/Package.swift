// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "ClientTests",
    platforms: [.macOS(.v12)],
    dependencies: [.package(path: "../../../../clients/swift")],
    targets: [.testTarget(name: "ClientTests", dependencies: [.product(name: "Polyport", package: "swift")])]
)
