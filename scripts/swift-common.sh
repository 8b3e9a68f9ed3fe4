# Where Swift is found: sourced by setup-swift and swift, never run on its own.

# The first Swift that compiles the generated packages (language mode 6).
SWIFT_MINIMUM=6
# The root that setup-swift makes; all checkouts of a user share it, so it lies outside every one of them.
SWIFT_ROOT="${XDG_CACHE_HOME:-$HOME/.cache}/polyport/swift-6.0.3"
# Written last by setup-swift: a root without it is half made.
SWIFT_STAMP="$SWIFT_ROOT/.complete"

# Succeeds if the `swift` on PATH is new enough to be used as it is.
swift_on_path() {
    local version
    command -v swift >/dev/null 2>&1 || return 1
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\).*/\1/p' | head -n 1)
    [ "${version:-0}" -ge "$SWIFT_MINIMUM" ]
}
