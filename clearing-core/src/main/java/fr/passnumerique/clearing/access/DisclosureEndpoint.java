package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.access.Disclosures.Disclosed;
import fr.passnumerique.clearing.access.Disclosures.Disclosure;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who read whose personal data, over HTTP. For auditors alone: clerks are who mostly read. */
@RestController
public final class DisclosureEndpoint {
  private static final Table<Disclosure> TABLE =
      Table.<Disclosure>of()
          .instant("at", "Le", Disclosure::at)
          .code("account", "Compte", Disclosure::account)
          .code("subject", "Sur", Disclosure::subject)
          .code("kind", "Donnée", Disclosure::kind)
          .code("entry", "Entrée", Disclosure::entry);

  private final Disclosures disclosures;

  DisclosureEndpoint(Disclosures disclosures) {
    this.disclosures = disclosures;
  }

  @GetMapping("/api/disclosures")
  @Permit(Role.AUDITOR)
  @Operation(
      operationId = "readDisclosures",
      summary = "Who read whose personal data, the newest first",
      description =
          """
          A line for each entry of the vault that was opened for `account` to read, by the API or \
          on a page: an account to be paid on, a note beside a reversal, what the bank wrote beside \
          a payment. `subject` is the identifier of whom it is about, `entry` is what facts refer \
          to. Opened again it has another line. Lines are never changed or taken away, not even \
          when the subject is erased.\
          """)
  public Disclosed readDisclosures(
      @Parameter(description = "What the page before names as next; left out for the newest")
          @RequestParam(name = "before", required = false)
          @Nullable Long before,
      @Parameter(description = "Lines a page, at most 1 000")
          @RequestParam(name = "limit", defaultValue = "100")
          int limit) {
    return disclosures.newest(before, limit);
  }

  @TableExport(
      path = "/api/disclosures/export",
      operationId = "exportDisclosures",
      summary = "All of readDisclosures as a file, the newest first")
  @Permit(Role.AUDITOR)
  void exportDisclosures(TableDownload to) throws IOException {
    to.send(
        TABLE,
        row -> {
          Disclosed page = disclosures.newest(null, Disclosures.LONGEST_PAGE);
          page.disclosures().forEach(row);
          while (page.next().isPresent()) {
            page = disclosures.newest(page.next().get(), Disclosures.LONGEST_PAGE);
            page.disclosures().forEach(row);
          }
        },
        "lectures-de-donnees-personnelles");
  }
}
