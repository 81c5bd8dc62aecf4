/// What `Samples.all` is as JUnit XML.
let goldenReport = """
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="hookassay" time="61.005" tests="9" failures="1" errors="3">
      <testsuite name="acme/failed: The title of acme/failed" tests="1" failures="0" errors="1" skipped="0" time="1.500" \
    timestamp="2026-03-03T14:30:02" hostname="box" file="Scenarios/acme/failed.yaml">
        <properties>
          <property name="provider" value="Acme"/>
          <property name="dispatcher" value="Sample dispatcher"/>
          <property name="seed" value="7"/>
          <property name="hookassay" value="9.9"/>
          <property name="hookassay.clock" value="real"/>
        </properties>
        <testcase classname="acme.failed" name="The scenario is carried through" time="1.500">
          <error type="harness.dispatcher" message="it ended by itself (exit 1)">it ended by itself (exit 1)
    its last line: no
    clock: real
    at acme.Check.carried_through(failed.yaml:1)</error>
        </testcase>
      </testsuite>
      <testsuite name="acme/mixed: The title of acme/mixed" tests="5" failures="1" errors="1" skipped="1" time="59.104" \
    timestamp="2026-03-03T14:30:02" hostname="box" file="Scenarios/acme/mixed.yaml">
        <properties>
          <property name="provider" value="Acme"/>
          <property name="variants" value="basic-auth"/>
          <property name="dispatcher" value="Sample dispatcher"/>
          <property name="seed" value="7"/>
          <property name="hookassay" value="9.9"/>
          <property name="hookassay.clock" value="warped:preload"/>
          <property name="hookassay.clock.reason" value="ptrace is refused here (EPERM); the \
    preload library works"/>
          <property name="hookassay.clock.virtual-seconds" value="5400.000"/>
          <property name="hookassay.clock.real-seconds" value="59.104"/>
          <property name="hookassay.clock.exact-jumps" value="1302"/>
          <property name="hookassay.clock.forced-steps" value="3"/>
          <property name="hookassay.clock.holds" value="1"/>
          <property name="hookassay.clock.longest-hold-seconds" value="0.312"/>
          <property name="hookassay.clock.skipped-ticks" value="26700"/>
          <property name="hookassay.clock.unseen" value="1"/>
        </properties>
        <testcase classname="acme.mixed" name="The scenario is carried through" time="59.104">
        </testcase>
        <testcase classname="acme.mixed" name="sample.held" time="0.000">
          <system-out>Two of two were kept.</system-out>
        </testcase>
        <testcase classname="acme.mixed" name="sample.broken-promise" time="0.000">
          <failure type="contract.sample.broken-promise" message="It came after 9s.">\
    VIOLATED sample.broken-promise (main · e1): It came after 9s.
      --&gt; Scenarios/acme/contract.yaml:44:3
      = promised by: guide § Retries
      #1 at 1s
      #2 at 10s
      clock: warped:preload, 1h30m of virtual time in 59.104s, 1302 exact jumps, 3 forced steps, held once for something \
    real, for 312ms at most, 26 700 housekeeping ticks passed over, 1 thing that it could not see
    at acme.Check.sample_broken_promise(contract.yaml:44)</failure>
        </testcase>
        <testcase classname="acme.mixed" name="sample.doubtful" time="0.000">
          <error type="inconclusive.sample.doubtful" message="The host stalled.">\
    INCONCLUSIVE sample.doubtful: The host stalled.
      = promised by: guide § Limits
      clock: warped:preload, 1h30m of virtual time in 59.104s, 1302 exact jumps, 3 forced steps, held once for something \
    real, for 312ms at most, 26 700 housekeeping ticks passed over, 1 thing that it could not see
    at acme.Check.sample_doubtful(mixed.yaml:1)</error>
        </testcase>
        <testcase classname="acme.mixed" name="sample.silent" time="0.000">
          <skipped message="unstated: Nothing is said; 3 came."/>
        </testcase>
      </testsuite>
      <testsuite name="acme/wrong: The title of acme/wrong" tests="1" failures="0" errors="1" skipped="0" time="0.000" \
    timestamp="2026-03-03T14:30:00" hostname="box" file="Scenarios/acme/wrong.yaml">
        <properties>
          <property name="provider" value="Acme"/>
          <property name="dispatcher" value="Sample dispatcher"/>
          <property name="seed" value="7"/>
          <property name="hookassay" value="9.9"/>
        </properties>
        <testcase classname="acme.wrong" name="The scenario is carried through" time="0.000">
          <error type="scenario.broken" message="a.yaml:1:2: error: `x` is not a key">a.yaml:1:2: error: `x` is not a key
     1 | x
       | ^
    at acme.Check.carried_through(wrong.yaml:1)</error>
        </testcase>
      </testsuite>
      <testsuite name="zeta/late: The title of zeta/late" tests="1" failures="0" errors="0" skipped="1" time="0.000" \
    timestamp="2026-03-03T14:30:00" hostname="box" file="Scenarios/zeta/late.yaml">
        <properties>
          <property name="provider" value="Zeta"/>
          <property name="dispatcher" value="Sample dispatcher"/>
          <property name="seed" value="7"/>
          <property name="hookassay" value="9.9"/>
        </properties>
        <testcase classname="zeta.late" name="The scenario is carried through" time="0.000">
          <skipped message="needs the warped clock"/>
        </testcase>
      </testsuite>
      <testsuite name="zeta/unreached: The title of zeta/unreached" tests="1" failures="0" errors="0" skipped="1" \
    time="0.000" timestamp="2026-03-03T14:30:00" hostname="box" file="Scenarios/zeta/unreached.yaml">
        <properties>
          <property name="provider" value="Zeta"/>
          <property name="dispatcher" value="Sample dispatcher"/>
          <property name="seed" value="7"/>
          <property name="hookassay" value="9.9"/>
        </properties>
        <testcase classname="zeta.unreached" name="The scenario is carried through" time="0.000">
          <skipped message="the run ended before it began"/>
        </testcase>
      </testsuite>
    </testsuites>

    """
