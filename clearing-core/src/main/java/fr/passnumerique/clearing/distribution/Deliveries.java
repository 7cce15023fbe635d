package fr.passnumerique.clearing.distribution;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.distribution.DistributionRegister.Delivery;
import fr.passnumerique.clearing.http.NewestPage;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.ReadLock;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was delivered to prescribers, the newest first: as recorded, sent back since or not. */
public final class Deliveries {
  private final DistributionRegister register;
  private final ReadLock registers;

  Deliveries(DistributionRegister register, ReadLock registers) {
    this.register = register;
    this.registers = registers;
  }

  /**
   * @param position of its fact
   * @param first serial
   * @param last serial, inclusive
   * @param cents at face value
   * @param deliveredOn Europe/Paris
   */
  @Schema(name = "DeliveryListed")
  public record Row(
      DeliveryId delivery,
      long position,
      PrescriberId prescriber,
      OrderId order,
      Batch batch,
      Serial first,
      Serial last,
      int cheques,
      long cents,
      LocalDate deliveredOn) {}

  /**
   * @param next what the next page begins before; left out on the last
   */
  @Schema(name = "DeliveryList")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Rows(List<Row> deliveries, Optional<Long> next) {}

  /**
   * @throws Problem 404 if there is no such prescriber
   */
  void require(PrescriberId prescriber) {
    Problem.requireKnown(
        registers, "prescriber " + prescriber, () -> register.prescriber(prescriber) != null);
  }

  /**
   * @param prescriber null for all
   * @param before position of the last delivery of the page before; null for the newest
   */
  public Rows newest(@Nullable PrescriberId prescriber, @Nullable Long before, int limit) {
    NewestPage<Delivery> page =
        NewestPage.of(
            registers.read(register::deliveries).reversed().stream()
                .filter(each -> prescriber == null || each.prescriber().equals(prescriber)),
            Delivery::position,
            before,
            limit);
    return new Rows(rows(page.rows()), page.next());
  }

  private List<Row> rows(List<Delivery> found) {
    return registers.read(() -> found.stream().map(this::row).toList());
  }

  private Row row(Delivery of) {
    ChequesIssued issued = register.issued(of.cheques()).issued();
    return new Row(
        of.delivery(),
        of.position(),
        of.prescriber(),
        issued.order(),
        issued.batch(),
        new Serial(issued.batch(), of.cheques().first()),
        new Serial(issued.batch(), of.cheques().last()),
        of.cheques().count(),
        of.cheques().count() * issued.faceValueCents(),
        of.deliveredOn());
  }
}
