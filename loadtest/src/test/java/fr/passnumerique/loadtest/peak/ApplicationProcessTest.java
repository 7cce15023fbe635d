package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ApplicationProcessTest {
  @Test
  void residentMemoryIsReadFromWhatTheSystemTells() {
    assertThat(
            ApplicationProcess.kilobytes(
                List.of("VmHWM:\t  900 kB", "VmRSS:\t  812344 kB"), "VmRSS"))
        .isEqualTo(812_344);
    assertThatThrownBy(() -> ApplicationProcess.kilobytes(List.of("VmHWM:\t900 kB"), "VmRSS"))
        .hasMessageContaining("does not tell VmRSS");
  }
}
