package fr.passnumerique.clearing.distribution;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.territory.Departement;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Which prescribers there are. */
@RestController
@RequestMapping("/api/prescribers")
public final class PrescribersEndpoint {
  private static final int LONGEST_PAGE = 1_000;

  private static final Table<PrescriberRegistered> TABLE =
      Table.<PrescriberRegistered>of()
          .code("prescriber", "Prescripteur", of -> of.prescriber().value())
          .text("name", "Nom", PrescriberRegistered::name)
          .code("departement", "Département", of -> of.departement().code())
          .code("siret", "SIRET", of -> of.siret().orElse(null));

  private final DistributionRegister register;
  private final ReadLock registers;

  PrescribersEndpoint(DistributionRegister register, ReadLock registers) {
    this.register = register;
    this.registers = registers;
  }

  /**
   * @param count of all that are asked for, whatever the page
   * @param prescribers a page, in order of identifier
   * @param next what the next page begins after; left out on the last
   */
  @Schema(name = "PrescriberList")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Prescribers(
      int count, List<PrescriberRegistered> prescribers, Optional<String> next) {}

  @GetMapping
  @Permit({Role.CLERK, Role.AUDITOR})
  @Operation(
      operationId = "readPrescribers",
      summary = "The prescribers, in order of identifier",
      description = "What one holds is readStock's and readHeldCarnets'.")
  public Prescribers readPrescribers(
      @Parameter(description = "INSEE code: only those of this département")
          @RequestParam(required = false)
          @Nullable Departement departement,
      @Parameter(description = "What the page before names as next") @RequestParam(required = false)
          @Nullable PrescriberId after,
      @Parameter(description = "Prescribers a page, at most 1 000")
          @RequestParam(defaultValue = "100")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    Page<PrescriberRegistered> page =
        Page.of(
            of(departement),
            each -> each.prescriber().value(),
            after == null ? null : after.value(),
            limit);
    return new Prescribers(page.count(), page.rows(), page.next());
  }

  @TableExport(
      path = "/export",
      operationId = "exportPrescribers",
      summary = "The prescribers of readPrescribers as a file, all of them")
  @Permit({Role.CLERK, Role.AUDITOR})
  void exportPrescribers(
      @Parameter(description = "INSEE code: only those of this département")
          @RequestParam(required = false)
          @Nullable Departement departement,
      TableDownload to)
      throws IOException {
    List<PrescriberRegistered> all = of(departement);
    to.send(TABLE, all::forEach, "prescripteurs");
  }

  private List<PrescriberRegistered> of(@Nullable Departement departement) {
    return registers.read(register::prescribers).stream()
        .filter(each -> departement == null || each.departement().equals(departement))
        .toList();
  }
}
