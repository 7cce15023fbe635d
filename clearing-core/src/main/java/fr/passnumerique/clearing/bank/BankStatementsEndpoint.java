package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.BankReading.ReadStatement;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The bank's statements, and what the ledger says of each. */
@RestController
@RequestMapping("/api/bank-statements")
public final class BankStatementsEndpoint {
  private static final Table<ReadStatement> TABLE =
      Table.<ReadStatement>of()
          .code("statement", "Relevé", ReadStatement::statement)
          .code("reference", "Référence de la banque", ReadStatement::reference)
          .count("number", "Numéro", of -> of.number().orElse(null))
          .day("from", "Du", ReadStatement::from)
          .day("to", "Au", ReadStatement::to)
          .cents("openingCents", "Solde d’ouverture", ReadStatement::openingCents)
          .cents("closingCents", "Solde de clôture", ReadStatement::closingCents)
          .cents("ledgerCents", "Solde au registre", ReadStatement::ledgerCents)
          .cents("differenceCents", "Écart", ReadStatement::differenceCents)
          .text("proven", "Prouvé", of -> yesOrNo(of.proven()))
          .text("superseded", "Remplacé", of -> yesOrNo(of.superseded()))
          .text("missingBefore", "Relevé manquant avant", of -> yesOrNo(of.missingBefore()))
          .count("position", "Position", ReadStatement::position);

  private final BankReading reading;

  BankStatementsEndpoint(BankReading reading) {
    this.reading = reading;
  }

  private static String yesOrNo(boolean it) {
    return it ? "oui" : "non";
  }

  /** By closing day. */
  public record BankStatements(List<ReadStatement> statements) {}

  @GetMapping
  @Permit({Role.CLERK, Role.AUDITOR})
  @Operation(
      operationId = "readBankStatements",
      summary = "Every statement imported, whether the ledger has its closing balance, and gaps")
  public BankStatements readBankStatements() {
    return new BankStatements(reading.statements());
  }

  @TableExport(
      path = "/export",
      operationId = "exportBankStatements",
      summary = "The statements of readBankStatements as a file")
  @Permit({Role.CLERK, Role.AUDITOR})
  void exportBankStatements(TableDownload to) throws IOException {
    to.send(TABLE, reading.statements()::forEach, "releves-bancaires");
  }
}
