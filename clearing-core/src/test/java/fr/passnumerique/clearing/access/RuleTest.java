package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Rule.Owner;
import fr.passnumerique.clearing.access.Rule.Place;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

class RuleTest {
  record Slip(VenueId venueId, String reference) {}

  @SuppressWarnings("unused")
  static class Endpoints {
    void bare() {}

    @Permit
    void nobody() {}

    @Permit(everyone = true)
    void open() {}

    @Permit(value = Role.CLERK, everyone = true)
    void openAndNot() {}

    @Permit(everyone = true)
    void openToAnActor(Actor actor) {}

    @Permit(everyone = true)
    void openToAnyActor(@Nullable Actor actor, Optional<Actor> again) {}

    @Permit({Role.CLERK, Role.VENUE})
    void unowned() {}

    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "venueId")
    void path(@PathVariable String venueId) {}

    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "venue")
    void query(@RequestParam VenueId venue) {}

    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "venueId")
    void named(@RequestParam("venueId") String other) {}

    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "venueId")
    void body(@RequestBody Slip slip) {}

    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "prescriberId")
    void elsewhere(@RequestBody Slip slip) {}

    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "slipId")
    void noSubject(@PathVariable String slipId) {}

    @Permit(
        value = {Role.CLERK, Role.VENUE, Role.FUNDER},
        owner = "venueId")
    void seenByAnotherKind(@PathVariable String venueId) {}

    @Permit(value = Role.CLERK, owner = "venueId")
    void comparedWithNobody(@PathVariable String venueId) {}

    @Permit(
        value = {Role.CLERK, Role.VENUE, Role.FUNDER},
        owner = {"venueId", "funderId"})
    void both(@PathVariable String venueId, @RequestParam String funderId) {}

    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "venueId")
    void optional(@RequestParam(required = false) @Nullable String venueId) {}

    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "venueId")
    void optionalAndNarrowed(Actor actor, @RequestParam Optional<String> venueId) {}
  }

  @Test
  void anEndpointWithoutARuleIsRefused() {
    refused("bare", "has no @Permit");
    refused("nobody", "permits nobody");
  }

  @Test
  void whatIsOpenToEveryoneNamesNoRoleAndKnowsNoActorForSure() throws Exception {
    assertThat(rule("open")).isEqualTo(new Rule(true, Set.of(), List.of(), false));
    assertThat(rule("openToAnyActor").everyone()).isTrue();
    refused("openAndNot", "open to everyone and names roles");
    refused("openToAnActor", "takes an Actor");
  }

  @Test
  void theOwnerIsFoundInPathQueryOrBody() throws Exception {
    assertThat(rule("unowned").owners()).isEmpty();
    assertThat(rule("path", "/v/{venueId}/slips").owners())
        .containsExactly(new Owner(Role.VENUE, "venueId", Place.PATH));
    assertThat(rule("path", "/v/{venueId:[0-9]+}").owners().getFirst().place())
        .isEqualTo(Place.PATH);
    assertThat(rule("query").owners()).containsExactly(new Owner(Role.VENUE, "venue", Place.QUERY));
    assertThat(rule("named").owners().getFirst().place()).isEqualTo(Place.QUERY);
    assertThat(rule("body").owners()).containsExactly(new Owner(Role.VENUE, "venueId", Place.BODY));
    assertThat(rule("both", "/v/{venueId}").owners())
        .containsExactly(
            new Owner(Role.VENUE, "venueId", Place.PATH),
            new Owner(Role.FUNDER, "funderId", Place.QUERY));
  }

  @Test
  void anOwnerThatIsNowhereIsRefused() {
    refused("path", "no path variable, query parameter or component", "/v/{other}");
    refused("elsewhere", "no path variable, query parameter or component");
    refused("noSubject", "no funder, venue or prescriber", "/s/{slipId}");
  }

  @Test
  void aRoleThatWouldSeeTheSubjectsOfAllIsRefused() {
    refused("seenByAnotherKind", "permits FUNDER, but names no funder", "/v/{venueId}");
    refused("comparedWithNobody", "does not permit VENUE", "/v/{venueId}");
  }

  @Test
  void anOwnerThatMayBeLeftOutNeedsAnEndpointThatKnowsWhoAsks() throws Exception {
    refused("optional", "takes no Actor");
    assertThat(rule("optionalAndNarrowed").owners().getFirst().place()).isEqualTo(Place.QUERY);
  }

  private static Rule rule(String method, String... patterns) throws Rule.Senseless {
    return Rule.of(
        new HandlerMethod(
            new Endpoints(),
            Arrays.stream(Endpoints.class.getDeclaredMethods())
                .filter(m -> m.getName().equals(method))
                .findFirst()
                .orElseThrow()),
        patterns.length == 0 ? Set.of("/x") : Set.of(patterns));
  }

  private static void refused(String method, String message, String... patterns) {
    assertThatThrownBy(() -> rule(method, patterns))
        .isInstanceOf(Rule.Senseless.class)
        .hasMessageContaining(message);
  }
}
