package fr.passnumerique.clearing.cover;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cover over HTTP. A funder reads its own cash. */
@RestController
@RequestMapping("/api")
final class CoverEndpoint {
  private final CoverQuery cover;

  CoverEndpoint(CoverQuery cover) {
    this.cover = cover;
  }

  @GetMapping("/cover")
  @Permit(
      value = {CLERK, AUDITOR, FUNDER},
      owner = "funder")
  @Operation(
      operationId = "readCover",
      summary = "Is every euro owed covered by ring-fenced cash, per agreement and funder?",
      description =
          """
          Per agreement and owner of the cash (of a share paid on use, its pre-financier): \
          `cashCents` ≥ `requiredCents` = `outstandingCents` + `acceptedUnpaidCents` + \
          `dueBackCents`. `calledCents` is called and not received: no part of the cash. `state` of a \
          row is `COVERED` or `BREACH`, since which fact, and how much \
          is missing. The whole is `BREACH` if a row is, or if the bank took so much that nobody has \
          explained that what is left does not cover all that is required (`breaches` then counts \
          rows alone, and the total's cash is what the bank has left); else `UNPROVEN` while the ledger does not have \
          every closing balance imported, else `COVERED`. Stands at \
          `position`.\
          """)
  CoverRead readCover(
      Actor actor,
      @Parameter(description = "Only this agreement's cash") @RequestParam(required = false)
          @Nullable AgreementId agreement,
      @Parameter(description = "Only this funder's cash") @RequestParam(required = false)
          @Nullable FunderId funder) {
    String owner =
        actor.role() == FUNDER ? actor.subject() : funder == null ? null : funder.value();
    if (funder != null && !cover.knowsFunder(funder.value())) {
      throw Problem.notFound("funder " + funder);
    }
    if (agreement != null
        && !(actor.role() == FUNDER
            ? cover.isParty(agreement.value(), actor.subject())
            : cover.knowsAgreement(agreement.value()))) {
      throw Problem.notFound("agreement " + agreement);
    }
    return cover.read(
        new CoverQuery.Filter(
            Optional.ofNullable(agreement).map(AgreementId::value), Optional.ofNullable(owner)));
  }
}
