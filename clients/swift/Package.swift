// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Polyport",
    platforms: [.macOS(.v12), .iOS(.v15), .tvOS(.v15), .watchOS(.v8), .visionOS(.v1)],
    products: [.library(name: "Polyport", targets: ["Polyport"])],
    targets: [
        .target(name: "Polyport")
    ]
)
