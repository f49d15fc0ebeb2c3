import Testing

/// All suites that share the one server's databases, one test after another.
@Suite(.serialized) enum NoticesTests {}
