// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <functional>
#include <optional>

#include "bench/figure.h"
#include "bench/landmark/parts.h"
#include "kata/infer/model_folder.h"
#include "kata/landmark/crop.h"
#include "kata/landmark/hand_pair.h"
#include "kata/landmark/networks.h"
#include "kata/landmark/pose_tracker.h"

namespace kata::bench {
namespace {

/// Processor milliseconds of all threads that `work` costs, on average.
double cost_ms(int times, const std::function<void()>& work) {
  work();
  const double start = now_ms(CLOCK_PROCESS_CPUTIME_ID);
  for (int i = 0; i < times; ++i) work();
  return (now_ms(CLOCK_PROCESS_CPUTIME_ID) - start) / times;
}

double network_ms(Engine& engine, const char* name, std::vector<std::size_t> outputs) {
  NetworkOptions options;
  options.outputs = std::move(outputs);
  Network network = engine.load(model_file(model_folder(), name), options);
  Inference inference = network.make_inference();
  std::fill(inference.input().begin(), inference.input().end(), 0.5f);
  return cost_ms(30, [&] { inference.run(); });
}

}  // namespace

void measure_stages(const NamedClip& named) {
  const Clip clip = read_clip(named.path);
  Networks networks({});
  PoseTracker tracker(networks.pose_detector(), networks.pose(), true);
  tracker.start(clip.view(0), clip.timestamp(0));
  const std::optional<BodyInImage> body = tracker.finish();
  if (!body) {
    std::puts("stages need a body in the first frame");
    return;
  }
  Engine engine(compiled_network_folder());
  const double pose = network_ms(engine, "pose_landmark_full", {0, 1, 3, 4});
  const double recrop = network_ms(engine, "hand_recrop", {});
  const double hand = network_ms(engine, "hand_landmark_full", {});
  const ImageView image = clip.view(0);
  std::vector<float> large(256 * 256 * 3);
  std::vector<float> small(224 * 224 * 3);
  const RectInImage wrist = region_from_wrist(*body, Side::kRight);
  const double crop_pose = cost_ms(50, [&] {
    crop_to_tensor(image, region_from_body(*body), {256, 0, 1}, large);
  });
  const double crop_wrist = cost_ms(50, [&] { crop_to_tensor(image, wrist, {256, 0, 1}, large); });
  const double crop_hand = cost_ms(50, [&] { crop_to_tensor(image, wrist, {224, 0, 1}, small); });
  PoseFilter filter;
  int i = 0;
  const double smoothing = cost_ms(200, [&] {
    BodyInImage copy = *body;
    filter.apply(copy, clip.timestamp(static_cast<std::size_t>(++i)));
  });
  const std::vector<float> heatmaps(64 * 64 * 39, 1.0f);
  const double refinement = cost_ms(100, [&] {
    for (std::size_t k = 0; k < 35; ++k) refined_by_heatmap({0.5, 0.5}, heatmaps, 39, k);
  });
  const double inside = pose + 2 * recrop + 2 * hand;
  const double outside = crop_pose + 2 * crop_wrist + 2 * crop_hand + smoothing + refinement;
  std::printf("networks: pose %.2f recrop %.2f hand %.2f ms\n", pose, recrop, hand);
  std::printf("crops: pose %.3f wrist %.3f hand %.3f ms; refinement %.3f, smoothing %.3f ms\n",
              crop_pose, crop_wrist, crop_hand, refinement, smoothing);
  print_figure(named.name + ", inside the networks", inside, "ms/frame", Better::kLower);
  print_figure(named.name + ", outside the networks", outside, "ms/frame", Better::kLower);
  print_figure(named.name + ", outside / inside", 100 * outside / inside, "%", Better::kLower);
}

}  // namespace kata::bench
