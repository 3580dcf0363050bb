// SPDX-License-Identifier: Apache-2.0
#include "kata/input/picture_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace kata {
namespace {

Image grey(int width, int height, std::uint8_t value) {
  Image image(width, height, PixelFormat::kGray);
  std::fill_n(image.data(), static_cast<std::size_t>(width) * static_cast<std::size_t>(height),
              value);
  return image;
}

TEST(PictureStore, GivesPicturesBackByNumberInAnyOrder) {
  PictureStore store({.longest_side = 100});
  for (int i = 0; i < 20; ++i) store.add(grey(200, 100, static_cast<std::uint8_t>(10 * i)));
  ASSERT_EQ(store.size(), 20U);
  for (const std::size_t number : {19U, 0U, 7U, 7U, 12U}) {
    const Image picture = store.picture(number);
    EXPECT_EQ(picture.width(), 100);
    EXPECT_EQ(picture.height(), 50);
    EXPECT_EQ(picture.format(), PixelFormat::kBgr);
    EXPECT_NEAR(picture.data()[0], 10 * static_cast<int>(number), 3);
  }
  store.add(grey(50, 100, 90));
  EXPECT_EQ(store.picture(20).width(), 50) << "the size may change; small ones stay as they are";
  EXPECT_EQ(store.picture(3, 40).width(), 40);
  EXPECT_THROW(store.picture(21), std::logic_error);
}

}  // namespace
}  // namespace kata
