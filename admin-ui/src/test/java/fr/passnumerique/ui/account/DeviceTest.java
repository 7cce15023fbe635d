package fr.passnumerique.ui.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeviceTest {
  @Test
  void aBrowserIsNamedByWhatItIsAndNotByWhatItPretendsToBe() {
    assertThat(
            Device.of(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"))
        .isEqualTo("Edge sur Windows");
    assertThat(
            Device.of(
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile"
                    + " Safari/537.36"))
        .isEqualTo("Chrome sur Android");
    assertThat(
            Device.of(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
                    + " Version/18.0 Mobile/15E148 Safari/604.1"))
        .isEqualTo("Safari sur iPhone");
    assertThat(Device.of("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"))
        .isEqualTo("Firefox sur Linux");
    assertThat(Device.of("")).isEqualTo("Navigateur inconnu");
  }
}
