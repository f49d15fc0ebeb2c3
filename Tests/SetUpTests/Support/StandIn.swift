/// Gateways that keep to the agreement with `set-up`, and no more: the settings come in the environment, the address
/// goes to descriptor 3, SIGTERM drains.
enum StandIn {
    /// Serves until it is told to end, and writes down that it drained.
    static let patient = """
        #!/bin/bash
        trap 'echo drained >>"$DATA_DIR/gateway.txt"; kill "$work"; exit 0' TERM
        env >"$DATA_DIR/gateway-environment.txt"
        sleep 1000 </dev/null >/dev/null 2>&1 3>&- &
        work=$!
        echo "http://127.0.0.1:$PORT" >&3
        wait "$work"
        """

    /// Has a child that left its session.
    static let parental = """
        #!/bin/bash
        setsid sleep 1000 </dev/null >/dev/null 2>&1 3>&- &
        echo "http://127.0.0.1:$PORT" >&3
        wait
        """

    /// Finds something wrong.
    static let refusing = """
        #!/bin/sh
        echo "stack.yml is broken." >&2
        exit 78
        """
}
