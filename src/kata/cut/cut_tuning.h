// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace kata {

/// Every number by which a take is cut: unit, meaning, source. "measured": on the development half
/// of bench/cut; "study": found on generated takes that are kept apart from that bench.
struct CutTuning {
  // What is seen (cut_channels.cc, cut_signal.cc).
  std::size_t fewest_frames = 5;  ///< of a take of which can be said how it moves
  double shortest_take_s = 0.4;   ///< likewise
  double step_s = 0.04;           ///< of the grid; movements of people hold little above 3 Hz
  double smoothing_s = 0.08;      ///< standard deviation of the bell that smooths
  float visible = 0.5F;           ///< MediaPipe's own limit (drawing_utils.py)
  float least_seen = 0.3F;        ///< share of the frames in which a part must be seen to count
  float fingertip_weight = 0.3F;  ///< of each; five tips count about as one point
  float turn_weight = 0.4F;       ///< knuckle line and palm area, in hand sizes (study)
  float trunk_lengths = 1.3F;     ///< shoulder widths in a trunk's length, MediaPipe's bodies
  float most_travel =
      1.25F;        ///< shoulder widths from its usual place; farther is walking (measured)
  float noise = 4;  ///< of a channel, in tremblings: trackers wander slowly (study)
  float calm =
      0.04F;  ///< body units of trembling; a channel that trembles more counts less (measured)
  int components = 10;  ///< principal ones that are kept (study)

  // What a piece is worth (piece_gains.cc).
  float slow = 0.3F;         ///< of the typical speed: half active (study)
  float own_spread = 0.25F;  ///< of a template's, that repetitions differ by anyway (study)
  float offset = 0.15F;      ///< weight of the squared distance of the means (study)
  float least_scale = 0.3F;  ///< a piece may be so much smaller than its template (study)
  float most_scale = 1.7F;   ///< or larger
  float least_gain = 0.2F;   ///< nats; what any two movements have in common (study)
  float price = 0.12F;       ///< seconds × nats, of a piece (study)
  float end_price = 0.1F;    ///< at each end, at typical speed (study)
  float rest_price = 0.1F;   ///< per second of rest within (study)

  // Where the search begins (cut_seeds.cc).
  double shortest_s = 0.5;     ///< of a repetition (study)
  double longest_s = 12;       ///< of a repetition (study)
  double period_step = 1.15;   ///< from one period to the next (study)
  int seed_points = 14;        ///< to a period (study)
  int seed_stride = 3;         ///< of them, from one template to the next (study)
  int most_templates = 150;    ///< of a period, so that long takes stay linear
  double least_length = 0.62;  ///< of a piece, in periods (study)
  double most_length = 1.6;
  double seed_length_step = 1.09;
  int seeds_per_third = 2;  ///< that are followed, of a third of an octave (study)
  int most_seeds = 8;       ///< in all (study)
  int said_seeds = 4;       ///< more of them, that give the number that was said

  // How a chain is improved (cut_chains.cc).
  int points = 20;               ///< of a piece (study)
  double length_step = 1.04;     ///< from one length to the next (study)
  int most_exemplars = 5;        ///< of different mistakes (study)
  int most_exemplars_alike = 1;  ///< of repetitions that are alike (measured)
  int rounds = 4;                ///< (study)
  int most_compared = 64;  ///< pieces that may become exemplars, so that long takes stay linear
  std::size_t most_cells = 4'000'000;  ///< of an exact search of a count; beyond, by a price each
  float highest_price = 4;             ///< seconds × nats; the search of that price is between ±
  int price_steps = 14;                ///< halvings of it: within 0.0005

  // A take that begins or ends within a repetition.
  float part_share = 0.7F;   ///< of what a part of a repetition at the take's end is worth
  float least_part = 0.25F;  ///< of a repetition, that says something
  double part_rest_s = 0.3;  ///< a part that is cut off moves at once: no longer rest at its end

  // Different mistakes in one take: repetitions have their ends and their duration in common.
  float ends_share = 0.45F;       ///< of the activity of a piece that ends as the others do (study)
  float ends_slack = 0.25F;       ///< of the movement's spread, that ends differ by anyway
  float duration_spread = 0.35F;  ///< natural logarithm of a mistake's duration to the usual one
  double least_length_mixed = 0.42;  ///< of a piece, in periods (study)

  // Repetitions of earlier takes.
  float known_weight = 0.5F;   ///< of likeness to them, beside likeness within the take
  std::size_t most_known = 8;  ///< of one take; more say little more
  std::size_t same_edge = 3;   ///< frames by which a stored edge is not moved
  double clearly = 1.05;       ///< takes are cut again only where all together are so much better
  double known_haste = 1.7;  ///< a known repetition speaks of pieces up to so many times its length

  // What belongs to the movement and what does not (cut_reading.cc).
  double unlike = 0.6;        ///< of the usual likeness: less is another movement (study)
  double alike_share = 0.7;   ///< quantile of a piece's gains to the others that is its likeness
  double unlike_mixed = 0.5;  ///< the same for different mistakes
  double still = 0.25;        ///< of a piece's fast speed: its edges are trimmed there (study)
  double fast_share = 0.8;    ///< quantile of a piece's speeds that is called fast (study)
  double told = 0.6;          ///< of a repetition's activity: less movement is not worth telling
  double told_s = 0.8;        ///< and shorter than this neither
  double offered = 0.75;      ///< of the best score: the other count is offered (study)
  double likely = 0.6;        ///< of the best score: a count that is said is believed
  double pause_s = 0.6;       ///< of rest, that a single repetition may hold
};

}  // namespace kata
