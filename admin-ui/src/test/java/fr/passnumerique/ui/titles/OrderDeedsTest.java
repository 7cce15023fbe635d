package fr.passnumerique.ui.titles;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.PrescriberRegistered;
import fr.passnumerique.clearing.distribution.PrescribersEndpoint.Prescribers;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.ui.deed.Field;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderDeedsTest {
  @Test
  void aDeliveryMayGoToAPrescriberOfTheLastPage() {
    List<Field.Choice> choices =
        OrderDeeds.choices(
            after ->
                after == null
                    ? new Prescribers(2, List.of(prescriber("a")), Optional.of("a"))
                    : new Prescribers(2, List.of(prescriber(after + "b")), Optional.empty()));

    assertThat(choices).extracting(Field.Choice::value).containsExactly("a", "ab");
    assertThat(OrderDeeds.choices(_ -> new Prescribers(0, List.of(), Optional.empty()))).isEmpty();
  }

  private static PrescriberRegistered prescriber(String id) {
    return new PrescriberRegistered(new PrescriberId(id), "CCAS", Departement.of("23"));
  }
}
