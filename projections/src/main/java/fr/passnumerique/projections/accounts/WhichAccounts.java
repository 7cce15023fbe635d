package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.venues.VenueId;
import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The query parameters that name accounts; all that the asker may see if all are left out. */
public record WhichAccounts(
    @Parameter(description = "Only what concerns this venue") @Nullable VenueId venue,
    @Parameter(description = "Only this funder's cents") @Nullable FunderId funder,
    @Parameter(description = "Only this agreement's cents") @Nullable AgreementId agreement,
    @Parameter(description = "Only this programme's cents") @Nullable ProgrammeId programme,
    @Parameter(description = "INSEE code of the département of funding")
        @Nullable Departement fundingDepartement,
    @Parameter(description = "INSEE code of the département of spending")
        @Nullable Departement spendingDepartement) {
  public static final WhichAccounts ALL = new WhichAccounts(null, null, null, null, null, null);
}
