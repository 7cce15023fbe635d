package fr.passnumerique.projections.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.TestLedger;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.springframework.mock.web.MockHttpServletResponse;

/** Lends the export's endpoint to the tests of others. */
public final class ExportsOverHttp {
  private ExportsOverHttp() {}

  /** All that an auditor gets who names no range. */
  public static List<String> lines(TestLedger ledger, TestDatabase database, Following following)
      throws IOException {
    ExportEndpoint endpoint =
        new ExportEndpoint(
            new LedgerExport(ledger.reader(), database.reader(), Clock.systemUTC()),
            new PublishedBalances(database.reader())::knowsFunder,
            following.runners());
    MockHttpServletResponse response = new MockHttpServletResponse();
    endpoint.exportLedger(new Actor("auditor", Role.AUDITOR, ""), 1, null, null, false, response);
    return new String(response.getContentAsByteArray(), UTF_8).lines().toList();
  }
}
