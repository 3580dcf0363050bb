// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/body_lead.h"

#include <cstddef>
#include <utility>

namespace kata {

std::optional<BodyInImage> BodyLead::find(const ImageView& image, Timestamp timestamp) {
  next_.reset();
  if (recropped_ != timestamp) recropped_.reset();
  pose_.start(image, timestamp);
  return pose_.finish();
}

Regions BodyLead::tight_regions(HandPair& hands, const ImageView& image, const Regions& wide) {
  if (!std::exchange(recropped_, std::nullopt)) hands.start_recrop(image, wide);
  Regions tight = hands.finish_recrop();
  for (std::size_t i = 0; i < wide.size(); ++i) {
    if (!wide[i]) tight[i].reset();
  }
  return tight;
}

void BodyLead::start_next(const ImageView& image, Timestamp timestamp) {
  pose_.start_ahead(image, timestamp);
  next_ = timestamp;
}

void BodyLead::go_on_next(HandPair& hands, const ImageView& image) {
  const auto timestamp = std::exchange(next_, std::nullopt);
  if (!timestamp) return;
  const std::optional<BodyInImage> body = pose_.finish_ahead();
  if (!body) return;
  hands.start_recrop(image, regions_from_wrists(*body));
  recropped_ = timestamp;
}

void BodyLead::lose() {
  next_.reset();
  recropped_.reset();
  pose_.lose();
}

void BodyLead::reset() {
  next_.reset();
  recropped_.reset();
  pose_.reset();
}

}  // namespace kata
