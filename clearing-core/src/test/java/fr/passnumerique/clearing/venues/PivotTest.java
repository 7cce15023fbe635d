package fr.passnumerique.clearing.venues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PivotTest {
  @ParameterizedTest
  @CsvSource({
    "40109226700020, SIRET, 40109226700020",
    "401 092 267 00020, SIRET, 40109226700020",
    "35600000063516, SIRET, 35600000063516",
    "W751234567, RNA, W751234567",
    "w751234567, RNA, W751234567",
    "W2A1000119, RNA, W2A1000119",
    "W9R1011072, RNA, W9R1011072",
    "0123456001, RIDET, 0123456001",
    "0123456.001, RIDET, 0123456001",
    "0 123 456 001, RIDET, 0123456001",
  })
  void theRegisterIsToldByTheForm(String written, VenueListed.IdentifiedBy register, String id) {
    assertThat(Pivot.read(written))
        .isInstanceOfSatisfying(
            Pivot.Read.class,
            read -> {
              assertThat(read.identifier().identifiedBy()).isEqualTo(register);
              assertThat(read.identifier().venueId()).isEqualTo(new VenueId(id));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "'', without an identifier",
    "00000000000000, zeros stands for a missing one",
    "40109226700021, check digit is wrong",
    "401092267, SIREN",
    "4010922670002, 'not 13'",
    "401092267000200, 'not 15'",
    "4.01092267E+13, turned into a number",
    "'4,01092E+13', turned into a number",
    "40109226700020.0, turned into a number",
    "123456789.0, turned into a number",
    "W75123456, 'W and 9 characters'",
    "W7512345678, 'W and 9 characters'",
    "WA51234567, 'W and 9 characters'",
    "0000000001, 'a RIDET is the enterprise''s 7 digits, not all zero'",
    "012345.001, 'a RIDET (10 digits, as 0123456.001)'",
    "MONACOCONFO001, 'an identifier is a SIRET'",
  })
  void whatIsWrongIsToldByTheMistakeThatWasMade(String written, String told) {
    assertThat(Pivot.read(written))
        .isInstanceOfSatisfying(
            Pivot.Unreadable.class,
            unreadable -> {
              assertThat(unreadable.message()).contains(told);
              assertThat(unreadable.remedy()).isNotBlank();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"W75123456", "751234567", "W75123456É", ""})
  void anRnaIsWAndNineCharacters(String written) {
    assertThat(Rna.of(written)).isEmpty();
    assertThatThrownBy(() -> new Rna(written)).hasMessageContaining("W and 9 characters");
  }

  @Test
  void aRidetHasTenDigits() {
    assertThat(Ridet.of("0123456.001")).contains(new Ridet("0123456001"));
    assertThat(Ridet.of("012345600.1")).isEmpty();
    assertThatThrownBy(() -> new Ridet("012345600")).hasMessageContaining("10 digits");
  }
}
