package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.Grouping;
import fr.passnumerique.projections.export.LedgerExport;
import fr.passnumerique.projections.verifier.VerifyLedger;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The story's ledger as auditors and funders check it: exported, and read by the program that
 * shares no code with the engine. What the engine records of any story must hold there.
 */
final class Verified {
  private final Path directory;
  private final DataSource projections;
  private final Clock clock;

  /**
   * @param directory for the export, which is deleted again
   */
  Verified(Path directory, DataSource projections, Clock clock) {
    this.directory = directory;
    this.projections = projections;
    this.clock = clock;
  }

  /**
   * The whole with the balances that are shown of it, a range, and what each funder is handed.
   *
   * @throws Mismatch if the program finds anything
   */
  void hold(LedgerReader ledger, Collection<String> funders) {
    long head = ledger.head();
    try {
      Path shown = Files.write(directory.resolve("balances.json"), shown(head));
      hold(ledger, new LedgerExport.Asked(1, head, null, false), "--balances", shown.toString());
      Files.delete(shown);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hold(ledger, new LedgerExport.Asked(head / 2 + 1, head, null, false));
    funders.forEach(funder -> hold(ledger, new LedgerExport.Asked(1, head, funder, false)));
  }

  /** The projections have come as far, and keep no note of it: nothing but they writes here. */
  private byte[] shown(long head) {
    ObjectNode shown =
        JsonMapper.shared()
            .valueToTree(
                new BalancesQuery(projections)
                    .read(BalancesQuery.Filter.ALL, EnumSet.allOf(Grouping.class), head));
    return JsonMapper.shared().writeValueAsBytes(shown.put("position", head));
  }

  private void hold(LedgerReader ledger, LedgerExport.Asked asked, String... more) {
    Path export = directory.resolve("ledger.ndjson");
    try {
      try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(export))) {
        new LedgerExport(ledger, projections, clock).write(asked, to);
      }
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      int exit =
          VerifyLedger.run(
              Stream.concat(Stream.of(export.toString()), Stream.of(more)).toArray(String[]::new),
              new PrintStream(said, true, StandardCharsets.UTF_8));
      if (exit != 0) {
        throw new Mismatch(
            Mismatch.Kind.INVARIANT,
            "verify-ledger",
            "verify-ledger says of %s%n%s".formatted(asked, said.toString(StandardCharsets.UTF_8)));
      }
      Files.delete(export);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
