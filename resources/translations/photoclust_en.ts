<?xml version="1.0" encoding="utf-8"?>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>photoclust</name>
    <message numerus="yes">
      <source>about {n} hours left</source>
      <translation>
        <numerusform>about {n} hour left</numerusform>
        <numerusform>about {n} hours left</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>about {n} minutes left</source>
      <translation>
        <numerusform>about {n} minute left</numerusform>
        <numerusform>about {n} minutes left</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Album of {n} photos</source>
      <translation>
        <numerusform>Album of {n} photo</numerusform>
        <numerusform>Album of {n} photos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Also add {n} faces to {persons}</source>
      <translation>
        <numerusform>Also add {n} face to {persons}</numerusform>
        <numerusform>Also add {n} faces to {persons}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>And {n} more.</source>
      <translation>
        <numerusform>And {n} more.</numerusform>
        <numerusform>And {n} more.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Bring back {n} faces</source>
      <translation>
        <numerusform>Bring back {n} face</numerusform>
        <numerusform>Bring back {n} faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Confirm {n} faces</source>
      <translation>
        <numerusform>Confirm {n} face</numerusform>
        <numerusform>Confirm {n} faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Forget {n} missing photos?</source>
      <translation>
        <numerusform>Forget {n} missing photo?</numerusform>
        <numerusform>Forget {n} missing photos?</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>gets {n} faces, has {size}</source>
      <translation>
        <numerusform>gets {n} face, has {size}</numerusform>
        <numerusform>gets {n} faces, has {size}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Group {n} faces</source>
      <translation>
        <numerusform>Group {n} face</numerusform>
        <numerusform>Group {n} faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Grouping of {n} faces</source>
      <translation>
        <numerusform>Grouping of {n} face</numerusform>
        <numerusform>Grouping of {n} faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Ignore {n} faces</source>
      <translation>
        <numerusform>Ignore {n} face</numerusform>
        <numerusform>Ignore {n} faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>joined with {n} persons</source>
      <translation>
        <numerusform>joined with {n} person</numerusform>
        <numerusform>joined with {n} persons</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Keep {n} faces in view</source>
      <translation>
        <numerusform>Keep {n} face in view</numerusform>
        <numerusform>Keep {n} faces in view</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Left out, as gone or not readable: {n} photos.</source>
      <translation>
        <numerusform>Left out, as gone or not readable: {n} photo.</numerusform>
        <numerusform>Left out, as gone or not readable: {n} photos.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Look again at {n} photos</source>
      <translation>
        <numerusform>Look again at {n} photo</numerusform>
        <numerusform>Look again at {n} photos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Make a new person of {n} faces</source>
      <translation>
        <numerusform>Make a new person of {n} face</numerusform>
        <numerusform>Make a new person of {n} faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Make “{name}” of {n} faces</source>
      <translation>
        <numerusform>Make “{name}” of {n} face</numerusform>
        <numerusform>Make “{name}” of {n} faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Merge {other} into {name}, {n} faces</source>
      <translation>
        <numerusform>Merge {other} into {name}, {n} face</numerusform>
        <numerusform>Merge {other} into {name}, {n} faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Merge {persons} persons into {name}, {n} faces</source>
      <translation>
        <numerusform>Merge {persons} persons into {name}, {n} face</numerusform>
        <numerusform>Merge {persons} persons into {name}, {n} faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Move {n} faces to {name}</source>
      <translation>
        <numerusform>Move {n} face to {name}</numerusform>
        <numerusform>Move {n} faces to {name}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Move {n} faces to…</source>
      <translation>
        <numerusform>Move {n} face to…</numerusform>
        <numerusform>Move {n} faces to…</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Put {n} faces with the strangers</source>
      <translation>
        <numerusform>Put {n} face with the strangers</numerusform>
        <numerusform>Put {n} faces with the strangers</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Say that {n} faces are no face</source>
      <translation>
        <numerusform>Say that {n} face is no face</numerusform>
        <numerusform>Say that {n} faces are no face</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Say that {n} faces are {name}</source>
      <translation>
        <numerusform>Say that {n} face is {name}</numerusform>
        <numerusform>Say that {n} faces are {name}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>settles {n} faces</source>
      <translation>
        <numerusform>settles {n} face</numerusform>
        <numerusform>settles {n} faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Somebody else · {n} faces</source>
      <translation>
        <numerusform>Somebody else · {n} face</numerusform>
        <numerusform>Somebody else · {n} faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Someone worth knowing? {n} strangers come again on other days.</source>
      <translation>
        <numerusform>Someone worth knowing? {n} stranger comes again on other days.</numerusform>
        <numerusform>Someone worth knowing? {n} strangers come again on other days.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Split {n} faces off {name}</source>
      <translation>
        <numerusform>Split {n} face off {name}</numerusform>
        <numerusform>Split {n} faces off {name}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Take {n} faces out of {name}</source>
      <translation>
        <numerusform>Take {n} face out of {name}</numerusform>
        <numerusform>Take {n} faces out of {name}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The same as {n} faces without a name? Enter: yes</source>
      <translation>
        <numerusform>The same as {n} face without a name? Enter: yes</numerusform>
        <numerusform>The same as {n} faces without a name? Enter: yes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Went {n} steps in the history</source>
      <translation>
        <numerusform>Went {n} step in the history</numerusform>
        <numerusform>Went {n} steps in the history</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Yes, {n} marked ones</source>
      <translation>
        <numerusform>Yes, {n} marked one</numerusform>
        <numerusform>Yes, {n} marked ones</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{faces}, {n} unsure</source>
      <translation>
        <numerusform>{faces}, {n} unsure</numerusform>
        <numerusform>{faces}, {n} unsure</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{name} has {n} faces, this person {count}. Are they the same?</source>
      <translation>
        <numerusform>{name} has {n} face, this person {count}. Are they the same?</numerusform>
        <numerusform>{name} has {n} faces, this person {count}. Are they the same?</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{name} · {n} faces</source>
      <translation>
        <numerusform>{name} · {n} face</numerusform>
        <numerusform>{name} · {n} faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} could not be read</source>
      <translation>
        <numerusform>{n} could not be read</numerusform>
        <numerusform>{n} could not be read</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} could not be read: {name} ({reason})</source>
      <translation>
        <numerusform>{n} could not be read: {name} ({reason})</numerusform>
        <numerusform>{n} could not be read: {name} ({reason})</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} earlier decisions contradict later ones, which stand. “Group again…” says which.</source>
      <translation>
        <numerusform>An earlier decision contradicts later ones, which stand. “Group again…” says which.</numerusform>
        <numerusform>{n} earlier decisions contradict later ones, which stand. “Group again…” says which.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces</source>
      <translation>
        <numerusform>{n} face</numerusform>
        <numerusform>{n} faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces are unsure and come first: please look at them.</source>
      <translation>
        <numerusform>{n} face is unsure and comes first: please look at it.</numerusform>
        <numerusform>{n} faces are unsure and come first: please look at them.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces become nobody's</source>
      <translation>
        <numerusform>{n} face becomes nobody's</numerusform>
        <numerusform>{n} faces become nobody's</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces in {photos}</source>
      <translation>
        <numerusform>{n} face in {photos}</numerusform>
        <numerusform>{n} faces in {photos}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces move to other persons</source>
      <translation>
        <numerusform>{n} face moves to another person</numerusform>
        <numerusform>{n} faces move to other persons</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces of nobody find a person</source>
      <translation>
        <numerusform>{n} face of nobody finds a person</numerusform>
        <numerusform>{n} faces of nobody find a person</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces of these are unsure</source>
      <translation>
        <numerusform>{n} face of these is unsure</numerusform>
        <numerusform>{n} faces of these are unsure</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces still unsure</source>
      <translation>
        <numerusform>{n} face still unsure</numerusform>
        <numerusform>{n} faces still unsure</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces: {sizes}</source>
      <translation>
        <numerusform>{n} face: {sizes}</numerusform>
        <numerusform>{n} faces: {sizes}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} files exported ({size}).</source>
      <translation>
        <numerusform>{n} file exported ({size}).</numerusform>
        <numerusform>{n} files exported ({size}).</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} files exported.</source>
      <translation>
        <numerusform>{n} file exported.</numerusform>
        <numerusform>{n} files exported.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} jobs are not done yet.</source>
      <translation>
        <numerusform>{n} job is not done yet.</numerusform>
        <numerusform>{n} jobs are not done yet.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} minutes</source>
      <translation>
        <numerusform>{n} minute</numerusform>
        <numerusform>{n} minutes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} more questions</source>
      <translation>
        <numerusform>{n} more question</numerusform>
        <numerusform>{n} more questions</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} named persons</source>
      <translation>
        <numerusform>{n} named person</numerusform>
        <numerusform>{n} named persons</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} persons</source>
      <translation>
        <numerusform>{n} person</numerusform>
        <numerusform>{n} persons</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} persons joined</source>
      <translation>
        <numerusform>{n} person joined</numerusform>
        <numerusform>{n} persons joined</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos</source>
      <translation>
        <numerusform>{n} photo</numerusform>
        <numerusform>{n} photos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos are missing</source>
      <translation>
        <numerusform>{n} photo is missing</numerusform>
        <numerusform>{n} photos are missing</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos could not be read</source>
      <translation>
        <numerusform>{n} photo could not be read</numerusform>
        <numerusform>{n} photos could not be read</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos could not be read.</source>
      <translation>
        <numerusform>{n} photo could not be read.</numerusform>
        <numerusform>{n} photos could not be read.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos folded: Enter or a click on the number spreads them out</source>
      <translation>
        <numerusform>{n} photo folded: Enter or a click on the number spreads it out</numerusform>
        <numerusform>{n} photos folded: Enter or a click on the number spreads them out</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos missing</source>
      <translation>
        <numerusform>{n} photo missing</numerusform>
        <numerusform>{n} photos missing</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} questions</source>
      <translation>
        <numerusform>{n} question</numerusform>
        <numerusform>{n} questions</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} questions until 99 % sure</source>
      <translation>
        <numerusform>{n} question until 99 % sure</numerusform>
        <numerusform>{n} questions until 99 % sure</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} seconds</source>
      <translation>
        <numerusform>{n} second</numerusform>
        <numerusform>{n} seconds</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} were there already.</source>
      <translation>
        <numerusform>{n} was there already.</numerusform>
        <numerusform>{n} were there already.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} without a name</source>
      <translation>
        <numerusform>{n} without a name</numerusform>
        <numerusform>{n} without a name</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{picked} of {n} faces selected</source>
      <translation>
        <numerusform>{picked} of {n} face selected</numerusform>
        <numerusform>{picked} of {n} faces selected</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{picked} of {n} photos selected</source>
      <translation>
        <numerusform>{picked} of {n} photo selected</numerusform>
        <numerusform>{picked} of {n} photos selected</numerusform>
      </translation>
    </message>
  </context>
</TS>
