package ai.polyport.core

/** Members whose values no text about a model shows. */
internal val SECRET_MEMBERS: Set<String> =
    emptySet()
