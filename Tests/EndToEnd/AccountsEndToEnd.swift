import Testing

/// Everything that runs against one healthy installation, test after test.
@Suite(.serialized, .installation) struct AccountsEndToEnd {}
