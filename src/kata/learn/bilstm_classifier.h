// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>

#include "kata/learn/bilstm_network.h"
#include "kata/learn/bilstm_trainer.h"
#include "kata/learn/channel_fill.h"
#include "kata/learn/classifier.h"

namespace kata {

struct BilstmOptions {
  BilstmSchedule schedule;
  std::uint32_t most_frames = 24;  ///< longer series are thinned to it
  double check_share = 0.2;        ///< of each class, held back to know when to stop
};

/// The prototype's recurrent network: needs more repetitions and much more time than the others,
/// and is here to be compared with. Trained by libtorch, judged by without.
class BilstmClassifier : public Classifier {
 public:
  std::vector<double> scores(const Series& series) const override;
  std::string_view kind() const override { return "bilstm"; }
  void save(ByteWriter& writer) const override;
  static std::unique_ptr<BilstmClassifier> load(ByteReader& reader);

 private:
  friend TrainedClassifier train_bilstm(const Dataset&, const BilstmOptions&, const EpochWatch&,
                                        std::stop_token);
  BilstmClassifier(std::uint32_t frames, ChannelFill fill, BilstmNetwork network);

  std::uint32_t frames_;
  ChannelFill fill_;
  BilstmNetwork network_;
};

/// At least two examples of each class. What was learned from has no held-out score: its rows are
/// NaN. Throws Error{kCancelled} when stopped, {kUnsupported} in a build without libtorch.
TrainedClassifier train_bilstm(const Dataset& dataset, const BilstmOptions& options = {},
                               const EpochWatch& on_epoch = {}, std::stop_token stop = {});

}  // namespace kata
