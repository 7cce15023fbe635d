package fr.passnumerique.clearing.funding;

import static fr.passnumerique.clearing.funding.FundingRefusal.COMMUNE_CODE_UNKNOWN;
import static fr.passnumerique.clearing.funding.FundingRefusal.FUNDER_ALREADY_REGISTERED;
import static fr.passnumerique.clearing.funding.FundingRefusal.GROUP_MISSING;
import static fr.passnumerique.clearing.funding.FundingRefusal.GROUP_TOO_SMALL;
import static fr.passnumerique.clearing.funding.FundingRefusal.GROUP_UNEXPECTED;
import static fr.passnumerique.clearing.funding.FundingRefusal.LEAD_NOT_A_MEMBER;

import fr.passnumerique.clearing.funding.FunderRegistered.Commune;
import fr.passnumerique.clearing.funding.FunderRegistered.Group;
import fr.passnumerique.clearing.funding.FunderRegistered.Kind;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.ReadableText;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.territory.Departement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Looks at the funder's own identifier and nothing else. */
final class RegisterFunderDecision implements Decider<RegisterFunder, FunderRegistered> {
  /** More than any département has communes. */
  private static final int MOST_MEMBERS = 1_000;

  private final FundingRegister register;

  RegisterFunderDecision(FundingRegister register) {
    this.register = register;
  }

  @Override
  public Class<RegisterFunder> command() {
    return RegisterFunder.class;
  }

  @Override
  public Decision<FunderRegistered> decide(RegisterFunder c, Instant receivedAt) {
    FunderRegistered wanted = new FunderRegistered(c.funder(), c.name(), c.kind(), c.group());
    Long registered = register.funder(c.funder());
    if (registered != null) {
      return Decision.known(
          registered,
          wanted,
          FUNDER_ALREADY_REGISTERED.because(
              "funder",
              "funder %s is registered under another name, kind or group".formatted(c.funder()),
              "choose another identifier for another funder"));
    }
    Refusal refusal = Bounds.first(Bounds.name(c.name()), group(c));
    return refusal == null
        ? Decision.accept(wanted, Boundary.of(wanted.tags()), wanted)
        : Decision.refuse(refusal);
  }

  private static @Nullable Refusal group(RegisterFunder c) {
    if (c.kind() != Kind.COMMUNES) {
      return c.group().isEmpty()
          ? null
          : GROUP_UNEXPECTED.because(
              "group",
              "only communes take part as a group, funder %s is of kind %s"
                  .formatted(c.funder(), c.kind()),
              "leave group out, or register the funder as COMMUNES");
    }
    return c.group().isEmpty()
        ? GROUP_MISSING.because(
            "group",
            "communes take part only as a group with a lead",
            "name the lead's INSEE code and the members, lead included")
        : members(c.group().get());
  }

  private static @Nullable Refusal members(Group group) {
    if (group.members().size() < 2) {
      return GROUP_TOO_SMALL.because(
          "members",
          "a group has at least 2 communes, got %d".formatted(group.members().size()),
          "list its lead and at least one other");
    }
    Refusal refusal =
        Bounds.first(
            Bounds.length("members", group.members(), MOST_MEMBERS),
            Bounds.distinct("members", group.members().stream().map(Commune::code).toList()));
    for (Commune commune : group.members()) {
      refusal =
          Bounds.first(
              refusal,
              Departement.ofCommune(commune.code()).isPresent()
                  ? null
                  : COMMUNE_CODE_UNKNOWN.because(
                      "code",
                      "%s is not the INSEE code of a commune"
                          .formatted(ReadableText.fits(commune.code(), 10) ? commune.code() : "it"),
                      "give its five characters, such as 23096; a postcode is another number"),
              Bounds.name(commune.name()));
    }
    return Bounds.first(
        refusal,
        group.members().stream().map(Commune::code).anyMatch(group.lead()::equals)
            ? null
            : LEAD_NOT_A_MEMBER.because(
                "lead",
                "the lead is one of the group's members, by its INSEE code, got %s"
                    .formatted(Problem.shown(group.lead())),
                "name a member, or list the lead among them"));
  }
}
