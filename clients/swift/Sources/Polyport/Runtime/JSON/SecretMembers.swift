/// Members whose values no text about a model shows.
let secretMembers: Set<String> = []
