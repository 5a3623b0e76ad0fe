package dev.tandem.samples.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Decides which servers of a lab go wrong, and in which of the ways that their kind has. */
final class FaultPlan {

  private FaultPlan() {}

  /**
   * One fault for each server: as many of each sort as the shares say, rounded, at places and in
   * ways that follow from the seed. The ways take turns, so each is there if there are servers
   * enough.
   *
   * @param none the fault of a server that has none
   */
  static <F> List<F> choose(LabSettings settings, F none, List<F> failing, List<F> hanging) {
    int count = settings.count();
    int failures = (int) Math.round(settings.failureShare() * count);
    int faulty = (int) Math.round((settings.failureShare() + settings.hangShare()) * count);
    var random = new Random(settings.seed());
    int firstWay = random.nextInt(failing.size() * hanging.size());
    var faults = new ArrayList<F>(count);
    for (int i = 0; i < count; i++) {
      List<F> ways = i < failures ? failing : hanging;
      faults.add(i < faulty ? ways.get((firstWay + i) % ways.size()) : none);
    }
    Collections.shuffle(faults, random);
    return List.copyOf(faults);
  }
}
