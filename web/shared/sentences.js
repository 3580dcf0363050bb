// SPDX-License-Identifier: Apache-2.0
// What the program says in English sentences (reasons, advice, problems), in the page's language.

import {language} from './texts.js';

const kJoints = {shoulder: 'hombro', elbow: 'codo', wrist: 'muñeca', hand: 'mano', hip: 'cadera', knee: 'rodilla'};
const kFeminine = new Set(['muñeca', 'mano', 'cadera', 'rodilla']);

function joint(side, name) {
  const noun = kJoints[name] ?? name;
  const is_left = side === 'left';
  return `${noun} ${kFeminine.has(noun) ? (is_left ? 'izquierda' : 'derecha') : is_left ? 'izquierdo' : 'derecho'}`;
}

const kDirections = {'too low': ['demasiado bajo', 'demasiado baja'], 'too high': ['demasiado alto', 'demasiado alta'],
  'too far out': ['demasiado afuera', 'demasiado afuera'], 'too far in': ['demasiado adentro', 'demasiado adentro'], 'held differently': ['distinto', 'distinta']};

function reason(whole, side, name, how, when, amount) {
  const noun = joint(side, name);
  const direction = kDirections[how][kFeminine.has(kJoints[name]) ? 1 : 0];
  const moment = (when ?? '').replace(' throughout', ' todo el tiempo').replace(/ from (\d+) % on/, ' desde el $1 %')
    .replace(/ until (\d+) %/, ' hasta el $1 %').replace(/ from (\d+) to (\d+) %/, ' del $1 al $2 %');
  const much = (amount ?? '').replace('by ', 'en ').replace('of the shoulder width', 'del ancho de hombros');
  return `${noun} ${direction}${moment}${much}`;
}

const label = (word) => (word === 'right' ? 'bien hechas' : 'mal hechas');

/// [pattern of the program's sentence, the same in Spanish]
const kSpanish = [
  [/^(left|right) (\w+) (too low|too high|too far out|too far in|held differently)( throughout| from \d+ % on| until \d+ %| from \d+ to \d+ %)?(, by .+)?$/, reason],
  [/^step back until head, shoulders and arms are in the picture$/, 'aléjate hasta que se vean la cabeza, los hombros y los brazos'],
  [/^the picture lies on its side: turn the camera, or the video a quarter turn$/, 'la imagen está tumbada: gira la cámara, o el vídeo un cuarto de vuelta'],
  [/^keep both hands in the picture, with light on them$/, 'mantén las dos manos en la imagen, con luz'],
  [/^keep the (left|right) hand in the picture, with light on it$/, (whole, side) => `mantén la ${joint(side, 'hand')} en la imagen, con luz`],
  [/^you work with the other hand; .*$/, 'trabajas con la otra mano; te veo como en un espejo'],
  [/^I see you too much from one side; .*$/, 'te veo demasiado de lado; ponte ante la cámara como quien enseña'],
  [/^the teacher faced the other way; .*$/, 'quien enseña miraba hacia el otro lado; date la vuelta'],
  [/^you are too far away; .*$/, 'estás demasiado lejos; acércate a la cámara'],
  [/^you are too close; .*$/, 'estás demasiado cerca; aléjate de la cámara'],
  [/^I cannot see what (.+) needs; .*$/, 'no veo lo que hace falta; muévete hasta que salga en la imagen'],
  [/^this looks like (.+), but larger.*$/, 'parece $1, pero más grande de lo que se enseñó'],
  [/^this looks like (.+), but smaller.*$/, 'parece $1, pero más pequeño de lo que se enseñó'],
  [/^this looks like (.+), but faster.*$/, 'parece $1, pero más rápido de lo que se enseñó'],
  [/^this looks like (.+), but slower.*$/, 'parece $1, pero más lento de lo que se enseñó'],
  [/^I see you move, but not (.+)$/, 'veo que te mueves, pero no es $1'],
  [/^begin when you like$/, 'empieza cuando quieras'],
  [/^measuring the repetitions$/, 'midiendo las repeticiones'],
  [/^learning$/, 'aprendiendo'],
  [/^judging what was left out$/, 'juzgando las repeticiones apartadas'],
  [/^how many repetitions are needed$/, 'viendo cuántas repeticiones hacen falta'],
  [/^done$/, 'hecho'],
  [/^look at it again: the label may be wrong$/, 'mírala otra vez: quizá la marca está mal'],
  [/^record more like it, right and wrong$/, 'graba más parecidas, bien y mal'],
  [/^all (right|wrong) repetitions of "(.+)" come from one take: .*$/, (whole, side, name) => `todas las repeticiones ${label(side)} de «${name}» son de una sola toma: la luz, el lugar y el ánimo van con la marca; graba otra toma`],
  [/^no wrong repetitions of "(.+)" were taught: .*$/, 'no se enseñaron repeticiones mal hechas de «$1»: no se sabe si se notan'],
  [/^only (\d+) (right|wrong) repetitions of "(.+)"; ten are better$/, (whole, n, side, name) => `solo ${n} repeticiones ${label(side)} de «${name}»; diez son mejores`],
  [/^right and wrong repetitions of "(.+)" differ much in length; .*$/, 'las repeticiones bien y mal hechas de «$1» duran muy distinto; el juez no mira la velocidad'],
  [/^the (left|right) hand is seen in only (.+) of the frames; .*$/, (whole, side, share) => `la ${joint(side, 'hand')} solo se ve en el ${share} de las imágenes; ayuda más luz o la cámara más cerca`],
  [/^single repetitions were left out: .*$/, 'se apartaron repeticiones sueltas: las vecinas de una misma toma se parecen, así que las cifras favorecen; graba otra toma u otra persona'],
  [/^too few repetitions to leave any out: .*$/, 'muy pocas repeticiones para apartar alguna: no se sabe cómo de bueno es el juez'],
  [/^there are no repetitions to learn from; .*$/, 'no hay repeticiones de las que aprender; graba al menos 3 bien y 3 mal'],
  [/^"(.+)" has (\d+) right and (\d+) wrong.*; teach .*$/, '«$1» tiene $2 bien y $3 mal; graba más'],
  [/^neither a body nor hands are seen in most of the repetitions; .*$/, 'en casi ninguna repetición se ven el cuerpo o las manos; graba con todo el movimiento en la imagen'],
  [/^the take is too short; .*$/, 'la toma es demasiado corta; no se ha guardado nada'],
  [/^nobody was seen in the take; .*$/, 'no se vio a nadie en la toma; graba con todo el movimiento en la imagen y luz suficiente'],
  [/^no repetition was found; .*$/, 'no se encontró ninguna repetición; repite el movimiento varias veces, con una pausa antes de la primera y después de la última'],
  [/^too little of the take lies between these edges$/, 'entre estos bordes queda muy poco de la toma'],
  [/^this take was not kept as it was recorded$/, 'esta toma no se guardó como se grabó'],
  [/^there is no such craft, or it has not been trained yet$/, 'no existe ese oficio, o aún no está entrenado'],
  [/^there is no such craft.*$/, 'no existe ese oficio'],
  [/^this craft is being trained already$/, 'este oficio ya se está entrenando'],
  [/^other crafts are being trained; .*$/, 'se están entrenando otros oficios; prueba dentro de un momento'],
  [/^(it is busy|it is used by another program|the server is busy); .*$/, 'está ocupado; prueba dentro de un momento'],
  [/^all places .*taken.*$/, 'todos los sitios están ocupados; prueba dentro de un momento'],
  [/^the craft is open in another program; .*$/, 'el oficio está abierto en otro programa; ciérralo allí'],
  [/^the file is no craft, or it is damaged$/, 'el archivo no es un oficio, o está dañado'],
  [/^the file was made by a newer Kata; .*$/, 'el archivo es de un Kata más nuevo; actualiza este'],
  [/^it is damaged or no craft$/, 'está dañado o no es un oficio'],
  [/^it was made by a newer Kata$/, 'es de un Kata más nuevo'],
  [/^another program is using it$/, 'otro programa lo está usando'],
  [/^the craft has no name$/, 'el oficio no tiene nombre'],
  [/^the body is too large$/, 'el archivo es demasiado grande'],
  [/^other files are being imported; .*$/, 'se están importando otros archivos; prueba dentro de un momento'],
  [/^too many tabs use the camera; .*$/, 'demasiadas pestañas usan la cámara; cierra una'],
  [/^this studio is for learning only.*$/, 'este estudio es solo para aprender; aquí no se puede cambiar nada'],
  [/^the craft has grown to (.+); a studio lets it grow to (.+); .*$/, 'el oficio ocupa ya $1 de un máximo de $2; graba en un oficio nuevo, o quita del todo las repeticiones eliminadas con «kata compact CRAFT»'],
  [/^the craft is as large as a studio lets it grow \((.+)\); .*$/, 'el oficio ya ocupa lo máximo que permite el estudio ($1); graba en un oficio nuevo, o quita del todo las repeticiones eliminadas con «kata compact CRAFT»'],
  [/^the file is larger than (.+); .*$/, 'el archivo ocupa más de $1; ponlo en la carpeta de oficios del estudio y aparecerá enseguida'],
  [/^the request holds no file$/, 'no se envió ningún archivo'],
  [/^the disk is full.*$/, 'el disco está lleno o no se puede escribir'],
  [/^that did not work; .*$/, 'no ha funcionado; el registro del programa dice por qué'],
];

/// A sentence of the program in the page's language; one that is not known stays as it is.
export function say(sentence, code = language()) {
  if (code !== 'es' || !sentence) return sentence ?? '';
  for (const [pattern, spanish] of kSpanish) {
    if (pattern.test(sentence)) return sentence.replace(pattern, spanish);
  }
  return sentence;
}
