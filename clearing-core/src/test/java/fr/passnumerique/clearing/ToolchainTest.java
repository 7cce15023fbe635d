package fr.passnumerique.clearing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToolchainTest {
  @Test
  void testsRunOnJava25WhateverStartedMaven() {
    assertThat(Runtime.version().feature()).isEqualTo(25);
  }
}
