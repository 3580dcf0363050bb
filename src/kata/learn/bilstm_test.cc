// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstring>
#include <numeric>
#include <vector>

#include "kata/core/error.h"
#include "kata/learn/bilstm_classifier.h"
#include "kata/learn/bilstm_events.h"
#include "kata/learn/classifiers.h"
#include "kata/learn/random.h"

namespace kata {
namespace {

/// Series whose first channel rises or falls; noise in all.
Dataset slopes(std::size_t each) {
  Random random(4);
  Dataset dataset;
  dataset.classes = {"down", "up"};
  for (std::size_t i = 0; i < 2 * each; ++i) {
    Series series(3, 12);
    for (std::size_t c = 0; c < 3; ++c) {
      for (std::size_t t = 0; t < 12; ++t) {
        const double slope = c > 0 ? 0 : (i % 2 == 0 ? -1 : 1) * (static_cast<double>(t) - 5.5) / 6;
        series.channel(c)[t] = static_cast<float>(slope + 0.2 * (random.uniform() - 0.5));
      }
    }
    dataset.series.push_back(series);
    dataset.labels.push_back(i % 2);
  }
  return dataset;
}

#ifdef KATA_WITH_TORCH

std::string bytes_of(const Classifier& classifier) {
  ByteWriter writer;
  save_classifier(writer, classifier);
  return writer.take();
}

BilstmOptions few_epochs() {
  BilstmOptions options;
  options.schedule.most_epochs = 12;
  return options;
}

TEST(Bilstm, LearnsAndTellsOfEveryEpoch) {
  const Dataset dataset = slopes(20);
  int epochs = 0;
  double last_accuracy = 0;
  const auto trained = train_bilstm(dataset, few_epochs(), [&](const TrainingEpoch& epoch) {
    EXPECT_EQ(epoch.number, ++epochs);
    EXPECT_GT(epoch.loss, 0);
    last_accuracy = epoch.accuracy;
  });
  EXPECT_EQ(epochs, 12);
  EXPECT_GE(last_accuracy, 0.9);
  Dataset others = slopes(60);
  int right = 0;
  for (std::size_t i = 40; i < others.size(); ++i) {
    right += best_of(trained.classifier->scores(others.series[i])) == others.labels[i] ? 1 : 0;
  }
  EXPECT_GE(right, 76);  // of 80 that it was not taught
}

TEST(Bilstm, SameSeedGivesTheSameBytesAnotherSeedOthers) {
  const Dataset dataset = slopes(4);
  BilstmOptions options = few_epochs();
  options.schedule.most_epochs = 2;
  const std::string bytes = bytes_of(*train_bilstm(dataset, options).classifier);
  EXPECT_EQ(bytes_of(*train_bilstm(dataset, options).classifier), bytes);
  options.schedule.seed = 2;
  EXPECT_NE(bytes_of(*train_bilstm(dataset, options).classifier), bytes);
}

TEST(Bilstm, LoadedJudgesAlike) {
  const Dataset dataset = slopes(6);
  BilstmOptions options = few_epochs();
  options.schedule.most_epochs = 3;
  const auto trained = train_bilstm(dataset, options);
  const std::string bytes = bytes_of(*trained.classifier);
  ByteReader reader(bytes);
  const auto again = load_classifier(reader);
  EXPECT_EQ(again->kind(), "bilstm");
  EXPECT_EQ(again->predict(dataset.series[0]), trained.classifier->predict(dataset.series[0]));
  for (std::size_t size = 0; size < bytes.size(); size += 50021) {
    ByteReader cut(std::string_view(bytes).substr(0, size));
    EXPECT_THROW(load_classifier(cut), Error);
  }
}

TEST(Bilstm, StopsOnRequestInTheMiddle) {
  std::stop_source source;
  int epochs = 0;
  const auto watch = [&](const TrainingEpoch&) {
    if (++epochs == 2) source.request_stop();
  };
  try {
    train_bilstm(slopes(6), few_epochs(), watch, source.get_token());
    FAIL() << "was asked to stop";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kCancelled);
  }
  EXPECT_EQ(epochs, 2);
}

#else

TEST(Bilstm, IsRefusedWithASentenceWithoutLibtorch) {
  try {
    train_bilstm(slopes(4));
    FAIL() << "there is no libtorch";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUnsupported);
  }
}

#endif

/// With the gates' weights zero the network sees nothing: all classes are equally likely.
TEST(BilstmNetwork, GivesSharesThatSumToOne) {
  BilstmNetwork network;
  std::uint32_t inputs = 3;
  for (std::size_t i = 0; i < network.lstm.size(); ++i) {
    const std::uint32_t units = BilstmNetwork::kUnits[i / 2];
    network.lstm[i] = {inputs, units, std::vector<float>(std::size_t{4} * units * inputs),
                       std::vector<float>(std::size_t{4} * units * units),
                       std::vector<float>(std::size_t{4} * units)};
    if (i % 2 == 1) inputs = 2 * units;
  }
  for (std::size_t i = 0; i < network.dense.size(); ++i) {
    const std::uint32_t outputs = i < 2 ? BilstmNetwork::kHidden[i] : 4;
    network.dense[i] = {inputs, outputs, std::vector<float>(std::size_t{outputs} * inputs),
                        std::vector<float>(outputs)};
    inputs = outputs;
  }
  network.dense[2].bias = {0, 0, 0, 1};
  const auto shares = network.probabilities(slopes(1).series[0]);
  ASSERT_EQ(shares.size(), 4U);
  EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1, 1e-6);
  EXPECT_NEAR(shares[3] / shares[0], 2.718281828, 1e-5);
}

/// Reads TFRecords and the protocol buffers in them, as TensorBoard does.
class RecordReader {
 public:
  explicit RecordReader(std::string_view bytes) : bytes_(bytes) {}
  bool is_at_end() const { return bytes_.empty(); }

  std::string_view next() {
    const std::string_view length = take(8);
    EXPECT_EQ(unmasked(take(4)), crc32c(length));
    const std::string_view data = take(number<std::uint64_t>(length));
    EXPECT_EQ(unmasked(take(4)), crc32c(data));
    return data;
  }

  template <typename T>
  static T number(std::string_view raw) {
    T value{};
    std::memcpy(&value, raw.data(), sizeof(T));
    return value;
  }

 private:
  static std::uint32_t unmasked(std::string_view raw) {
    const std::uint32_t turned = number<std::uint32_t>(raw) - 0xA282EAD8U;
    return turned >> 17 | turned << 15;
  }
  std::string_view take(std::size_t size) {
    const std::string_view head = bytes_.substr(0, size);
    EXPECT_EQ(head.size(), size);
    bytes_.remove_prefix(std::min(size, bytes_.size()));
    return head;
  }
  std::string_view bytes_;
};

TEST(Crc32c, MatchesPublishedValues) {
  EXPECT_EQ(crc32c("123456789"), 0xE3069283U);            // the check value of the polynomial
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAU);  // RFC 3720, B.4
  EXPECT_EQ(crc32c(std::string(32, '\xff')), 0x62A8AB43U);
}

TEST(EventRecord, IsReadBack) {
  const std::string file =
      event_file_start(1.5) + event_record({2.5, 300, "saw/epoch_loss", 0.25F});
  RecordReader reader(file);
  const std::string_view start = reader.next();
  EXPECT_EQ(start.substr(0, 1), "\x09");  // field 1, eight bytes: the wall time
  EXPECT_EQ(RecordReader::number<double>(start.substr(1)), 1.5);
  EXPECT_EQ(start.substr(9),
            "\x1a\x0d"
            "brain.Event:2");
  const std::string_view event = reader.next();
  EXPECT_EQ(RecordReader::number<double>(event.substr(1)), 2.5);
  EXPECT_EQ(event.substr(9, 3), "\x10\xac\x02");       // field 2: 300
  EXPECT_EQ(event.substr(12, 4), "\x2a\x17\x0a\x15");  // summary { value {
  EXPECT_EQ(event.substr(16, 16),
            "\x0a\x0e"
            "saw/epoch_loss");             // tag
  EXPECT_EQ(event.substr(32, 1), "\x15");  // simple_value
  EXPECT_EQ(RecordReader::number<float>(event.substr(33)), 0.25F);
  EXPECT_TRUE(reader.is_at_end());
}

}  // namespace
}  // namespace kata
