package dev.tandem.ssh;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.kex.KexProposalOption;

/** Says what both sides offered when they had nothing in common. */
final class Negotiation {

  private Negotiation() {}

  /** Empty when the negotiation failed for another reason. */
  static Optional<SshException> explain(
      SshTarget target,
      Map<KexProposalOption, String> client,
      Map<KexProposalOption, String> server,
      Throwable reason) {
    return KexProposalOption.VALUES.stream()
        .filter(option -> !isLanguage(option))
        .filter(option -> Collections.disjoint(list(client, option), list(server, option)))
        .findFirst()
        .map(
            option -> {
              List<String> ours = list(client, option);
              List<String> theirs = list(server, option);
              return new SshHandshakeException(
                  target,
                  "no common "
                      + option.getDescription()
                      + "; this side offers "
                      + String.join(",", ours)
                      + "; the server offers "
                      + String.join(",", theirs)
                      + ". The device may need an update, or a stronger algorithm switched on",
                  ours,
                  theirs,
                  reason);
            });
  }

  private static boolean isLanguage(KexProposalOption option) {
    return option == KexProposalOption.C2SLANG || option == KexProposalOption.S2CLANG;
  }

  private static List<String> list(
      Map<KexProposalOption, String> proposal, KexProposalOption option) {
    String names = proposal.get(option);
    return names == null || names.isEmpty() ? List.of() : List.of(names.split(",", -1));
  }
}
